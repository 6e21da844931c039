"""Opinion maps: a frozen picture of who agrees with whom, with its parameters, so that anyone can compute it again."""

from django.db import models

from weft.core.keeping import Keeps, Until, What, Whom
from weft.listen.conversations.models import Conversation, Participant
from weft.provenance.models import Node


class OpinionMap(models.Model):
    """One snapshot of a conversation. `result` holds only what may be shown; statements stand in it by their ids."""

    keeps = Keeps(
        Whom.NOBODY,
        What.ANSWER,
        Until.TAKEN_BACK,
        parameters=What.TECHNICAL,
        input_hash=What.TECHNICAL,
        verdict=What.TECHNICAL,
        reason=What.TECHNICAL,
        result=What.ANSWER,
    )
    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="opinion_map")
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="maps")
    parameters = models.JSONField()
    input_hash = models.CharField(max_length=64)
    came = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    statements = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=120, blank=True)
    result = models.JSONField()
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["drawn_at", "node_id"]


class Placing(models.Model):
    """Where one participant stands on one map; shown to nobody but the participant."""

    keeps = Keeps(Whom.CONTRIBUTOR, What.ANSWER, Until.TAKEN_BACK)
    map = models.ForeignKey(OpinionMap, models.CASCADE, related_name="placings")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    group = models.PositiveSmallIntegerField(null=True, blank=True)
    x = models.FloatField()
    y = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["map", "participant"], name="one_placing_a_map")]
