"""Flexible money: a grant and its append-only ledger.

Plans change at any time, with a reason and nobody's permission.
"""

from django.conf import settings
from django.db import models

from weft.act.projects.models import Project
from weft.core.columns import SaidLine
from weft.core.keeping import Keeps, Until, What, Whom
from weft.people.programmes.models import Organisation, Team


class Grant(models.Model):
    """Money awarded to a team; it may be held by one organisation for it."""

    keeps = Keeps(Whom.NOBODY, What.MONEY, Until.PROGRAMME, name=What.MONEY, funder=What.MONEY)
    team = models.ForeignKey(Team, models.PROTECT, related_name="grants")
    name = models.CharField(max_length=160)
    amount_pence = models.PositiveBigIntegerField()
    awarded_on = models.DateField()
    funder = models.CharField(max_length=160, blank=True)
    held_by = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["awarded_on", "id"]


class EntryKind(models.TextChoices):
    PLAN = "plan", "Planned"
    SPEND = "spend", "Spent"
    CORRECTION = "correction", "Corrected"


class PlanChange(models.Model):
    """A change of plan: its reason, and the plan entries that carry it out."""

    keeps = Keeps(Whom.MEMBER, What.MONEY, Until.PROGRAMME)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="changes")
    on = models.DateField()
    reason = SaidLine(limit=600)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["on", "id"]


class LedgerEntry(models.Model):
    """One line of the book. Never changed or deleted; a correction is a new line that reverses an old one."""

    keeps = Keeps(Whom.MEMBER, What.MONEY, Until.PROGRAMME, heading=What.MONEY)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    heading = models.CharField(max_length=80)
    on = models.DateField()
    amount_pence = models.BigIntegerField()
    what = SaidLine(limit=200, blank=True)
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="ledger")
    change = models.ForeignKey(PlanChange, models.PROTECT, null=True, blank=True, related_name="entries")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["on", "id"]
        verbose_name_plural = "ledger entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="correction", corrects__isnull=False)
                | models.Q(kind__in=["plan", "spend"], corrects=None),
                name="a_correction_names_its_line",
            )
        ]
