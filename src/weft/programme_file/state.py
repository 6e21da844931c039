"""What is known while a file is being loaded."""

from datetime import datetime

from weft.filing import loading as filing
from weft.filing.lines import Document
from weft.listen.conversations.models import Conversation, Participant
from weft.people.accounts.models import User
from weft.people.programmes.models import Organisation, Place, Programme, Team, Venue
from weft.programme_file.schema import File
from weft.provenance.batch import Batch
from weft.provenance.models import Node
from weft.share.reports.models import Report


class Loading(filing.Loading):
    """A whole file, and the rows that its names stand for by now."""

    programme: Programme

    def __init__(self, document: Document, file: File, begun: datetime, batch: Batch) -> None:
        super().__init__(document, begun, batch.step)
        self.file, self.batch = file, batch
        self.people: dict[str, User] = self.rows["people"]
        self.organisations: dict[str, Organisation] = self.rows["organisations"]
        self.places: dict[str, Place] = self.rows["places"]
        self.venues: dict[str, Venue] = self.rows["venues"]
        self.teams: dict[str, Team] = self.rows["teams"]
        self.conversations: dict[str, Conversation] = self.rows["conversations"]
        self.participants: dict[tuple[str, int], Participant] = self.rows["participants"]
        self.nodes: dict[str, Node] = self.rows["items"]
        self.reports: dict[str, Report] = self.rows["report"]
