"""Responses of decision-makers, their promises, and how those who asked mark them."""

from django.conf import settings
from django.db import models

from weft.core.columns import Day, Named, NamedLine, OneOf, Said, SaidLine
from weft.core.keeping import Keeps, Until, What, Whom
from weft.listen.conversations.models import Participant
from weft.people.programmes.models import Organisation, Team
from weft.provenance.models import AskState, Item, Node


class Answer(models.TextChoices):
    """The states of an ask that are answers."""

    YES = AskState.YES.value, AskState.YES.label
    PARTLY = AskState.PARTLY.value, AskState.PARTLY.label
    NO = AskState.NO.value, AskState.NO.label


VERDICTS = {Answer.YES: "It answered", Answer.PARTLY: "It answered in part", Answer.NO: "It did not answer"}


class Response(Item):
    """An answer to an ask or a recommendation, in the words of who answered.

    The last three columns are how contributors marked it as everybody was shown last, see `actions.step`.
    """

    keeps = Keeps(Whom.DECISION_MAKER, What.VOICE, Until.TAKEN_BACK, by_role=What.IDENTITY)
    to = models.ForeignKey(Node, models.PROTECT, related_name="responses")
    answer = OneOf(label="What did they answer?", says="What was answered.", max_length=8, choices=Answer.choices)
    reasons = Said(
        label="Their answer in full",
        says="The reasons, word for word.",
        hint="Their own words. It is quoted in full and in public.",
        limit=4000,
        rows=8,
    )
    by_role = NamedLine(
        label="Who answered?",
        says="Who answered, by role.",
        hint="Their role, like “head of transport”.",
        limit=160,
    )
    organisation = Named(
        Organisation,
        models.SET_NULL,
        label="For which organisation?",
        says="Their organisation.",
        nothing="None that is listed",
        null=True,
        blank=True,
        related_name="+",
    )
    on = Day(label="On which day?", says="When.")
    shown_yes = models.PositiveIntegerField(default=0)
    shown_partly = models.PositiveIntegerField(default=0)
    shown_no = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["on", "node_id"]

    @property
    def shown_marks(self) -> tuple[int, int, int]:
        """How many contributors said that it answered, in part, or not, as everybody is shown."""
        return self.shown_yes, self.shown_partly, self.shown_no


class Came(models.TextChoices):
    KEPT = "kept", "It was kept"
    BROKEN = "broken", "It was not kept"
    OPEN = "open", "It still stands"


class Promise(models.Model):
    """Something promised by a date."""

    keeps = Keeps(Whom.DECISION_MAKER, What.VOICE, Until.TAKEN_BACK)
    response = models.ForeignKey(Response, models.CASCADE, related_name="promises")
    what = SaidLine(limit=300)
    by_on = models.DateField(null=True, blank=True)
    kept_on = models.DateField(null=True, blank=True)
    is_broken = models.BooleanField(default=False)
    update = SaidLine(limit=400, blank=True)
    updated_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["by_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(is_broken=False) | models.Q(kept_on=None), name="kept_or_not"),
        ]

    @property
    def came(self) -> str:
        """What came of it so far."""
        return Came.KEPT if self.kept_on else Came.BROKEN if self.is_broken else Came.OPEN


class Mark(models.Model):
    """Marking the homework: whether the answer answered, said by a team or by a contributor with a receipt."""

    keeps = Keeps(Whom.CONTRIBUTOR, What.ANSWER, Until.TAKEN_BACK, why=What.VOICE)
    response = models.ForeignKey(Response, models.CASCADE, related_name="marks")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="marks")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="marks")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    why = SaidLine(limit=300, blank=True, ways=("response__node__programme",))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "participant"], name="one_mark_a_participant"),
            models.UniqueConstraint(fields=["response", "team"], name="one_mark_a_team"),
            models.CheckConstraint(
                condition=models.Q(participant__isnull=False, team=None)
                | models.Q(participant=None, team__isnull=False),
                name="a_mark_is_of_one",
            ),
        ]

    @property
    def verdict(self) -> str:
        """What the mark says, in words."""
        return VERDICTS[Answer(self.answer)]
