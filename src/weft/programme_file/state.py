"""What is known while a file is being loaded."""

from datetime import date, datetime

from weft.filing import loading as filing
from weft.filing.lines import Document
from weft.filing.loading import Missing
from weft.filing.parts import moment_on
from weft.listen.conversations.models import Conversation, Participant
from weft.people.accounts.models import User
from weft.people.programmes.models import Membership, Organisation, Place, Programme, Role, Team, Venue
from weft.programme_file.schema import File
from weft.programme_file.schema_items import Rest
from weft.provenance.batch import Batch
from weft.provenance.models import Node
from weft.share.reports.models import Report


class Loading(filing.Loading):
    """A whole file, and the rows that its names stand for by now."""

    programme: Programme

    def __init__(self, document: Document, file: File, begun: datetime, batch: Batch) -> None:
        super().__init__(document, begun, batch.step)
        self.file, self.batch = file, batch
        self.memberships: list[Membership] = []
        self.left_out: set[str] = set()  # those of whom a membership was refused
        self.people: dict[str, User] = self.rows["people"]
        self.organisations: dict[str, Organisation] = self.rows["organisations"]
        self.places: dict[str, Place] = self.rows["places"]
        self.venues: dict[str, Venue] = self.rows["venues"]
        self.teams: dict[str, Team] = self.rows["teams"]
        self.conversations: dict[str, Conversation] = self.rows["conversations"]
        self.participants: dict[tuple[str, int], Participant] = self.rows["participants"]
        self.nodes: dict[str, Node] = self.rows["items"]
        self.reports: dict[str, Report] = self.rows["report"]

    def person(self, key: str | None) -> User | None:
        """The account that a key stands for."""
        return self.people[key] if key else None

    def belongs(self, person: str, team: str | None, on: date | None = None) -> Membership | None:
        """The membership by which somebody acts in a team, or at all, on a day."""
        own = [m for m in self.memberships if m.user_id == self.people[person].pk]
        if team:
            own = [m for m in own if m.team_id == self.teams[team].pk]
        then = [m for m in own if on is None or (m.from_on <= on and (m.to_on is None or on <= m.to_on))]
        if not own and person in self.left_out:
            raise Missing
        return next(iter(then or own), None)

    def works_in(self, person: str, team: int | None, on: date) -> bool:
        """Whether somebody worked in a team on a day: its members, and the convenors of the programme."""
        own = [m for m in self.memberships if m.user_id == self.people[person].pk]
        then = [m for m in own if m.from_on <= on and (m.to_on is None or on < m.to_on)]
        works = any(
            m.role == Role.CONVENOR or (team is not None and m.team_id == team and m.role in {Role.MEMBER, Role.LEAD})
            for m in then
        )
        if not works and person in self.left_out:
            raise Missing
        return works

    def ties(self, rests_on: list[Rest], usual: str) -> list[tuple[Node, str, str]]:
        """What an item rests on, as the actions take it."""
        return [(self.nodes[rest.code], rest.relation or usual, rest.note) for rest in rests_on]


def noon(day: date) -> datetime:
    """The time at which something was entered of which only the day is known."""
    return moment_on(day)
