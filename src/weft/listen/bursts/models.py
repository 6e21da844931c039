"""What members decided of people who came to a conversation among many from one place."""

from django.db import models

from weft.core import dates
from weft.core.columns import SaidLine
from weft.core.keeping import Keeps, Until, What, Whom
from weft.listen.conversations.models import Conversation, Participant
from weft.people.accounts.models import User


class Decision(models.TextChoices):
    ASIDE = "aside", "Set aside"
    SEEN = "seen", "Seen by a member"


class Burst(models.Model):
    """Many who came from one place and were decided on together: not counted, or each counted in full."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.PROGRAMME)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="bursts")
    participants = models.ManyToManyField(Participant, related_name="bursts")
    decision = models.CharField(max_length=8, choices=Decision.choices)
    because = SaidLine(limit=300)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]

    @property
    def span(self) -> str:
        """From when to when they came."""
        return dates.span(self.first_at, self.last_at)
