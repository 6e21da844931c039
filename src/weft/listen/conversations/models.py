"""Conversations: a question put to people, what they answer to each other's words, and who they are."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst

from weft.core.columns import Said, SaidLine
from weft.core.keeping import Holds, Keeps, Until, What, Whom
from weft.people.accounts.models import Contributor
from weft.people.programmes.models import Programme, Team, Venue
from weft.provenance.models import Node, Unsealed, uuid7


class Age(models.TextChoices):
    """How old somebody says they are, where children take part."""

    ADULT = "adult", "18 or over"
    YOUNG = "young", "13 to 17"
    CHILD = "child", "Under 13"


class Conversation(models.Model):
    """A question that a team or the whole programme asks, what will be done with the answers and by when."""

    keeps = Keeps(
        Whom.MEMBER,
        What.WORK,
        Until.PROGRAMME,
        readers=What.WORK,
        language=What.TECHNICAL,
        imported_from=What.TECHNICAL,
        imported_facts=What.TECHNICAL,
        table_key=What.TECHNICAL,
    )
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="conversations")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="conversations")
    code = models.CharField(max_length=12, unique=True)
    prompt = SaidLine(limit=200)
    purpose = Said(blank=True)
    answer_by = models.DateField(null=True, blank=True)
    readers = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, default="en-GB")
    takes_statements = models.BooleanField(default=True)
    takes_new_statements = models.BooleanField(default=True)
    takes_stories = models.BooleanField(default=True)
    is_sensitive = models.BooleanField(default=False)
    for_children = models.BooleanField(default=False)
    needs_moderation = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    imported_from = models.CharField(max_length=200, blank=True)
    imported_facts = models.JSONField(default=dict, blank=True)
    table_key = models.UUIDField(null=True, unique=True, editable=False)  # of table mode: its PIN is made of it
    table_until = models.DateTimeField(null=True, blank=True)
    figures_called_at = models.DateTimeField(null=True, editable=False)  # when a member last showed the figures to all
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["opened_at", "id"]

    def __str__(self) -> str:
        return self.prompt

    @property
    def of(self) -> Team | Programme:
        """Who asks: a team, or the whole programme."""
        return self.team or self.programme

    @property
    def asked_by(self) -> str:
        """What people call them in the middle of a sentence."""
        return "the team" if self.team_id else "the programme’s team"

    @property
    def what_follows(self) -> str:
        """What will be done with the answers, for whoever has answered."""
        return self.purpose or f"{capfirst(self.asked_by)} looks for what people share, and says what it found."

    @property
    def is_open(self) -> bool:
        """Whether it still takes answers."""
        return self.closed_at is None

    @property
    def has_table(self) -> bool:
        """Whether table mode is on: devices that many use one after another take part."""
        is_on = self.table_key is not None and self.table_until is not None and self.table_until > timezone.now()
        return is_on and self.is_open

    @property
    def is_guarded(self) -> bool:
        """Whether an answer could harm whoever gave it, so that figures come later and more seldom."""
        return self.is_sensitive or self.for_children


class Arrival(models.TextChoices):
    LINK = "link", "A link"
    QR = "qr", "A QR code"
    PAPER = "paper", "Paper"
    KIOSK = "kiosk", "A shared device"
    FACILITATOR = "facilitator", "A facilitator"
    IMPORT = "import", "An import"


class ArrivalKey(models.Model):
    """The key of a day, of which the numbers of arrival groups are made. With it goes what could lead back."""

    keeps = Keeps(Whom.NOBODY, What.TECHNICAL, Until.SHORTLY, key=What.TECHNICAL)
    day = models.DateField(unique=True)
    key = models.BinaryField(max_length=32)


FORGOTTEN = 0  # the arrival group of everybody who had one, a month after a conversation closed


class Weight(models.IntegerChoices):
    """What a member decided of somebody who came among many from one place."""

    SET_ASIDE = -1, "Set aside"
    ORDINARY = 0, "Counted"
    SEEN = 1, "Seen by a member"


class Participant(Contributor):
    """Somebody who took part in one conversation. Their secret is kept only as a keyed hash.

    Those who came from one network on one day are an arrival group, under a number that leads nowhere. None have those
    who came before a member's eyes: on paper, on the team's own devices, by an import.
    """

    keeps = Keeps(
        Whom.CONTRIBUTOR,
        What.TECHNICAL,
        Until.PROGRAMME,
        secret_hash=What.TECHNICAL,
        number=What.IDENTITY,
        is_under_18=What.ABOUT_YOU,
        adult_agreed=What.ABOUT_YOU,
        said_age=What.TECHNICAL,
        external_id=What.IDENTITY,
        external_group=What.ABOUT_YOU,
        arrival_group=What.TECHNICAL,
        weight=What.TECHNICAL,
    )
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    secret_hash = models.BinaryField(max_length=32, null=True, unique=True)
    number = models.PositiveIntegerField()
    arrived_by = models.CharField(max_length=12, choices=Arrival.choices, default=Arrival.LINK)
    venue = models.ForeignKey(Venue, models.SET_NULL, null=True, blank=True, related_name="+")
    is_under_18 = models.BooleanField(default=False)
    said_age = models.BooleanField(default=False, editable=False)  # where children take part
    adult_agreed = models.BooleanField(default=False)  # a guardian or facilitator; asked for under 13 only
    external_id = models.CharField(max_length=60, blank=True)
    external_group = models.CharField(max_length=60, blank=True)
    came_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    arrival_group = models.BigIntegerField(null=True, editable=False)
    weight = models.SmallIntegerField(choices=Weight.choices, default=Weight.ORDINARY, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["conversation", "number"], name="number_in_conversation")]
        indexes = [models.Index(fields=["conversation", "external_id"], name="participant_external")]

    @staticmethod
    def hash_of(secret: str) -> bytes:
        """What is kept of a participant's secret."""
        return salted_hmac("weft.participant", secret, algorithm="sha256").digest()


class Scope(models.TextChoices):
    ANALYSE = "analyse", "Use it to find what people share"
    QUOTE = "quote", "Quote my words, with no name"
    DESCRIBE = "describe", "Quote my words with the description I chose"
    TELL = "tell", "Keep four words for me, so I can see what happened"


class Consent(models.Model):
    """One plain choice a participant made, with the wording they saw: about one item, or about taking part at all."""

    keeps = Keeps(Whom.CONTRIBUTOR, What.ANSWER, Until.PROGRAMME, wording=What.TECHNICAL)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="consents")
    node = models.ForeignKey(Node, models.PROTECT, null=True, blank=True, related_name="consents")
    scope = models.CharField(max_length=12, choices=Scope.choices)
    wording = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "node", "scope"],
                condition=models.Q(withdrawn_at=None),
                name="one_consent_a_scope",
            ),
            models.UniqueConstraint(
                fields=["participant", "scope"],
                condition=models.Q(withdrawn_at=None, node=None),
                name="one_general_consent_a_scope",
            ),
        ]


class Moderation(models.IntegerChoices):
    HIDDEN = -1, "Hidden"
    WAITING = 0, "Waiting"
    SHOWN = 1, "Shown"


class Statement(models.Model):
    """One sentence that others can agree or disagree with."""

    keeps = Keeps(
        Whom.CONTRIBUTOR,
        What.VOICE,
        Until.TAKEN_BACK,
        external_id=What.TECHNICAL,
        hidden_because=Holds(Whom.MEMBER, What.WORK, Until.TAKEN_BACK),
    )
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    node = models.OneToOneField(Node, models.PROTECT, related_name="statement")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    text = Said(limit=1000, blank=True)
    author = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="statements")
    moderation = models.SmallIntegerField(choices=Moderation.choices, default=Moderation.WAITING)
    hidden_because = SaidLine(limit=200, blank=True)
    is_meta = models.BooleanField(default=False)
    external_id = models.CharField(max_length=60, blank=True)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    said_at = models.DateTimeField()

    objects = Unsealed["Statement"]()
    every = models.Manager["Statement"]()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["conversation", "number"], name="statement_number")]


class Choice(models.IntegerChoices):
    DISAGREE = -1, "Disagree"
    PASS = 0, "Pass"
    AGREE = 1, "Agree"


class Vote(models.Model):
    """The answer that stands: one for each participant and statement. Both keys are found by the indexes below.

    `shown_choice` is the answer with which they are in the figures that everybody is shown; none as long as they wait.
    """

    keeps = Keeps(Whom.CONTRIBUTOR, What.ANSWER, Until.TAKEN_BACK)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes", db_index=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes", db_index=False)
    choice = models.SmallIntegerField(choices=Choice.choices)
    cast_at = models.DateTimeField()
    shown_choice = models.SmallIntegerField(choices=Choice.choices, null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement"], name="one_vote_a_statement"),
            models.CheckConstraint(condition=models.Q(choice__in=[-1, 0, 1]), name="choice_is_known"),
        ]
        indexes = [models.Index(fields=["statement", "choice"], name="vote_tally")]


class PastVote(models.Model):
    """Answers that were taken back and still stand in the figures that everybody is shown; gone with their next step.

    It says whose they were no more than the figures do.
    """

    keeps = Keeps(Whom.NOBODY, What.ANSWER, Until.PROGRAMME, arrival_group=What.TECHNICAL)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="past_votes")
    choice = models.SmallIntegerField(choices=Choice.choices)
    arrival_group = models.BigIntegerField(null=True)
    people = models.PositiveIntegerField(default=1)
    left_at = models.DateTimeField()


class ShownTally(models.Model):
    """How a statement was answered as everybody is shown it; it is replaced at moments, see `actions.figures`.

    Nobody, until there are first figures. `taken_for` is the last moment at which it was looked at, and `effective`
    how many people each number that could be told counts as.
    """

    keeps = Keeps(Whom.NOBODY, What.ANSWER, Until.PROGRAMME, effective=What.ANSWER)
    statement = models.OneToOneField(Statement, models.CASCADE, primary_key=True, related_name="shown_tally")
    agree = models.PositiveIntegerField()
    disagree = models.PositiveIntegerField()
    passed = models.PositiveIntegerField()
    counted_at = models.DateTimeField()
    first_at = models.DateTimeField(null=True)
    taken_for = models.DateTimeField(null=True)
    effective = models.JSONField(default=list)

    @property
    def total(self) -> int:
        """How many people it holds."""
        return self.agree + self.disagree + self.passed


class VoteEvent(models.Model):
    """Every answer ever given, in order; its key makes a repeat change nothing."""

    keeps = Keeps(Whom.CONTRIBUTOR, What.ANSWER, Until.TAKEN_BACK)
    key = models.UUIDField(unique=True)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="+", db_index=False)
    choice = models.SmallIntegerField(choices=Choice.choices)
    cast_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["statement"], name="event_statement")]
