"""What is known while a file is being loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import DataError, IntegrityError

from weft.core.errors import Changed, NotAllowed, Refused
from weft.core.inserts import Clash, first_line
from weft.filing.lines import Document, Faulty, Path
from weft.filing.parts import moment_on
from weft.listen.conversations.models import Conversation, Participant
from weft.people.accounts.models import User
from weft.people.programmes.models import Membership, Organisation, Place, Programme, Role, Team, Venue
from weft.programme_file.schema import File
from weft.programme_file.schema_items import Rest
from weft.provenance.actions import UnknownCode
from weft.provenance.batch import Batch
from weft.provenance.models import Node


@dataclass
class Loading:
    """The file, and the rows that its names stand for by now."""

    document: Document
    file: File
    begun: datetime
    batch: Batch = field(init=False)
    programme: Programme = field(init=False)
    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    venues: dict[str, Venue] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    memberships: list[Membership] = field(default_factory=list)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    participants: dict[tuple[str, int], Participant] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)

    @contextmanager
    def at(self, *path: str | int) -> Iterator[None]:
        """Whatever is refused in here is a fault of this place in the file."""
        try:
            with self.batch.step(path):
                yield
        except Clash as clash:
            raise self.faulty(clash.mark or path, f"the database refuses this ({clash}).") from None
        except (Refused, NotAllowed, UnknownCode) as refusal:
            raise self.faulty(path, str(refusal)) from None
        except Changed:
            raise self.faulty(path, "this was changed by something else in the file.") from None
        except (IntegrityError, DataError) as error:
            raise self.faulty(path, f"the database refuses this ({first_line(error)}).") from None

    def faulty(self, path: Path, text: str) -> Faulty:
        """A fault to be raised."""
        return Faulty(self.document.name, [self.document.fault(path, text)])

    def person(self, key: str | None) -> User | None:
        """The account that a key stands for."""
        return self.people[key] if key else None

    def belongs(self, person: str, team: str | None, on: date | None = None) -> Membership | None:
        """The membership by which somebody acts in a team, or at all, on a day."""
        own = [m for m in self.memberships if m.user_id == self.people[person].pk]
        if team:
            own = [m for m in own if m.team_id == self.teams[team].pk]
        then = [m for m in own if on is None or (m.from_on <= on and (m.to_on is None or on <= m.to_on))]
        return next(iter(then or own), None)

    def works_in(self, person: str, team: int | None, on: date) -> bool:
        """Whether somebody worked in a team on a day: its members, and the convenors of the programme."""
        own = [m for m in self.memberships if m.user_id == self.people[person].pk]
        then = [m for m in own if m.from_on <= on and (m.to_on is None or on < m.to_on)]
        return any(
            m.role == Role.CONVENOR or (team is not None and m.team_id == team and m.role in {Role.MEMBER, Role.LEAD})
            for m in then
        )

    def ties(self, rests_on: list[Rest], usual: str) -> list[tuple[Node, str, str]]:
        """What an item rests on, as the actions take it."""
        return [(self.nodes[rest.code], rest.relation or usual, rest.note) for rest in rests_on]


def noon(day: date) -> datetime:
    """The time at which something was entered of which only the day is known."""
    return moment_on(day)


def when(*times: Any) -> Any:
    """The first time that is known."""
    return next(time for time in times if time is not None)
