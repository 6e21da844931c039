"""Stories: what somebody told in their own words, interpreted by themselves, and who may read it."""

from django.conf import settings
from django.db import models

from weft.core.columns import Said, SaidLine
from weft.core.keeping import Holds, Keeps, Until, What, Whom
from weft.core.text import OPENS_HIDDEN
from weft.listen.conversations.models import Conversation, Participant
from weft.provenance.models import Item

DECIDED = Holds(Whom.MEMBER, What.WORK, Until.TAKEN_BACK)


class StoryState(models.TextChoices):
    """What those who were told a story have decided. Nobody else reads one that is not released."""

    HELD = "held", "Waits to be read"
    KEPT = "kept", "Kept in the team"
    NOT_USED = "not_used", "Not used"
    RELEASED = "released", "Released"


# What a teller is told once their story was read; why it is not used stands by itself.
DECIDED_SO = {
    StoryState.HELD: "It waits for those who asked to decide. Nobody else reads it.",
    StoryState.KEPT: "Kept by those who asked. Nobody else reads your words.",
    StoryState.NOT_USED: "",
    StoryState.RELEASED: "Released. Others can read it too.",
}


class HiddenWhy(models.TextChoices):
    """Why a part is hidden, as whoever hides it says it."""

    NAME = "name", "It names somebody"
    NUMBER = "number", "It is a number or an address"
    TELLER = "teller", "It could show who told it"
    HARM = "harm", "It could harm somebody"
    OTHER = "other", "Another reason"

    @property
    def mark(self) -> str:
        """What stands in its place, for everybody."""
        return f"{OPENS_HIDDEN}{STANDS_FOR[self]})"


STANDS_FOR = {
    HiddenWhy.NAME: "a name",
    HiddenWhy.NUMBER: "a number or an address",
    HiddenWhy.TELLER: "what could show who told it",
    HiddenWhy.HARM: "what could harm somebody",
    HiddenWhy.OTHER: "some words",
}


class Story(Item):
    """One story. Its words are erased when its teller takes them back."""

    keeps = Keeps(
        Whom.CONTRIBUTOR,
        What.VOICE,
        Until.TAKEN_BACK,
        mattered=What.ANSWER,
        is_common=What.ANSWER,
        state=DECIDED,
        not_used_because=DECIDED,
        released_at=DECIDED,
    )
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="stories")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="stories")
    text = Said(limit=5000, blank=True)
    described_as = SaidLine(limit=120, blank=True)
    mattered = models.PositiveSmallIntegerField(null=True, blank=True)
    is_common = models.PositiveSmallIntegerField(null=True, blank=True)
    is_group = models.BooleanField(default=False)
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=StoryState.choices, default=StoryState.HELD)
    not_used_because = SaidLine(limit=300, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["told_at", "node_id"]
        verbose_name_plural = "stories"

    @property
    def is_released(self) -> bool:
        """Whether others than those who were told it may read it."""
        return self.state == StoryState.RELEASED

    @property
    def whole(self) -> str:
        """All of its words, hidden ones too: for its teller, and for those whom it was told to."""
        text = self.text
        for part in reversed(self.hidden_parts.all()):
            text = text[: part.start] + part.words + text[part.end :]
        return text

    @property
    def decided(self) -> str:
        """What its teller is told of what was decided; nothing before somebody has read it."""
        return DECIDED_SO[StoryState(self.state)] if self.read_at else ""


class HiddenPart(models.Model):
    """Words of a story that its readers do not see: a mark stands in their place, from `start` on."""

    keeps = Keeps(
        Whom.CONTRIBUTOR,
        What.VOICE,
        Until.TAKEN_BACK,
        start=What.TECHNICAL,
        why=DECIDED,
        because=DECIDED,
        hidden_at=DECIDED,
    )
    story = models.ForeignKey(Story, models.CASCADE, related_name="hidden_parts")
    start = models.PositiveIntegerField()
    words = Said(limit=5000, blank=True)
    why = models.CharField(max_length=10, choices=HiddenWhy.choices)
    because = SaidLine(label="Which reason, in your words?", limit=200, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_at = models.DateTimeField()

    class Meta:
        ordering = ["story", "start"]

    @property
    def end(self) -> int:
        """Where the mark ends, exclusive."""
        return self.start + len(HiddenWhy(self.why).mark)
