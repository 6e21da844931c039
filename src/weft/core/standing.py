"""What one reader is in one programme."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """Whether they may read the programme, belong to it or convene it; the teams they work in, and those they lead.

    A safeguarding lead guards some teams, or all of them and what is the programme's own.
    """

    may_enter: bool = False
    is_member: bool = False
    is_convenor: bool = False
    teams: frozenset[int] = frozenset()
    led: frozenset[int] = frozenset()
    guards_all: bool = False
    guarded: frozenset[int] = frozenset()

    def works_in(self, team_id: int | None) -> bool:
        """Whether they work in the team: its members and leads, and the programme's convenors."""
        return self.is_convenor or team_id in self.teams

    @property
    def guards(self) -> bool:
        """Whether concerns are passed to them."""
        return self.guards_all or bool(self.guarded)

    def leads(self, team_id: int | None) -> bool:
        """Whether they lead the team, or convene its programme."""
        return self.is_convenor or team_id in self.led
