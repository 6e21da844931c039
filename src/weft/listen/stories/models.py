"""Stories: what somebody told in their own words, interpreted by themselves."""

from django.conf import settings
from django.db import models

from weft.core.columns import Said, SaidLine
from weft.core.keeping import Holds, Keeps, Until, What, Whom
from weft.listen.conversations.models import Conversation, Participant
from weft.provenance.models import Item


class Story(Item):
    """One story. Its words are erased when its teller takes them back."""

    keeps = Keeps(
        Whom.CONTRIBUTOR,
        What.VOICE,
        Until.TAKEN_BACK,
        mattered=What.ANSWER,
        is_common=What.ANSWER,
        not_used_because=Holds(Whom.MEMBER, What.WORK, Until.TAKEN_BACK),
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
    not_used_because = SaidLine(limit=300, blank=True)

    class Meta:
        ordering = ["told_at", "node_id"]
        verbose_name_plural = "stories"
