"""The learning journey: the sessions of a cohort and who came."""

from django.db import models

from weft.core.columns import Said, SaidLine
from weft.core.keeping import Keeps, Until, What, Whom
from weft.people.programmes.models import Membership, Programme


class Session(models.Model):
    """One meeting of the learning journey."""

    keeps = Keeps(Whom.NOBODY, What.WORK, Until.PROGRAMME, where=What.WORK)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    title = SaidLine(limit=160)
    purpose = SaidLine(limit=400, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=120)
    where = models.CharField(max_length=200, blank=True)
    materials = Said(blank=True)
    exercises = Said(blank=True)
    notes = Said(blank=True)
    revision = models.PositiveIntegerField(default=1)
    came_revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="session_number_in_programme")]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """That a member came to a session."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.PROGRAMME)
    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="attendances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "membership"], name="came_once")]
