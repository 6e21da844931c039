"""Stories: what somebody told in their own words, interpreted by themselves."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from weft.listen.conversations.models import Conversation, Participant
from weft.provenance.models import Node


class Story(models.Model):
    """One story. Its words are erased when its teller takes them back."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="story")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="stories")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="stories")
    text = models.TextField(max_length=5000, blank=True)
    described_as = models.CharField(max_length=120, blank=True)
    mattered = models.PositiveSmallIntegerField(null=True, blank=True)
    is_common = models.PositiveSmallIntegerField(null=True, blank=True)
    is_group = models.BooleanField(default=False)
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    not_used_because = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["told_at", "node_id"]
        verbose_name_plural = "stories"
