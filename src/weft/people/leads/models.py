"""Who leads: stepping up, stepping back, and why it changed hands."""

from django.db import models

from weft.core.columns import SaidLine
from weft.core.keeping import Keeps, Until, What, Whom
from weft.people.programmes.models import Membership, Team


class Stage(models.TextChoices):
    ALL = "all", "The whole team"
    LISTEN = "listen", "Listen"
    SENSE = "sense", "Make sense"
    FRAME = "frame", "Frame"
    ACT = "act", "Act"
    LEARN = "learn", "Learn"
    SHARE = "share", "Share"


class Lead(models.Model):
    """One person leading or supporting one stage of a team's work for a time."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.PROGRAMME)
    team = models.ForeignKey(Team, models.CASCADE, related_name="leads")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="leads")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    supports = models.BooleanField(default=False)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    reason = SaidLine(limit=400, blank=True)

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "stage"],
                condition=models.Q(to_on=None, supports=False),
                name="one_lead_a_stage_at_a_time",
            )
        ]
