"""Mini-projects: what is being tried, why it changed, and the days on which it ran."""

from django.conf import settings
from django.db import models

from weft.core.columns import Said, SaidLine
from weft.people.programmes.models import Membership, Organisation, Venue
from weft.provenance.models import Item


class ProjectState(models.TextChoices):
    PLANNED = "planned", "To come"
    RUNNING = "running", "Running"
    ENDED = "ended", "Ended"


class Project(Item):
    """A mini-project."""

    purpose = Said(limit=4000, blank=True)
    state = models.CharField(max_length=10, choices=ProjectState.choices, default=ProjectState.RUNNING)
    lead = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="projects")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="projects")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)


class Iteration(models.Model):
    """What is being tried now, and why that changed."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="iterations")
    number = models.PositiveIntegerField()
    trying = Said(limit=2000)
    why_changed = Said(limit=2000, blank=True)
    since_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="iteration_number")]


class Activity(Item):
    """A day on which a project ran, with how many came, never who."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="activities")
    on = models.DateField()
    venue = models.ForeignKey(Venue, models.SET_NULL, null=True, blank=True, related_name="activities")
    attendance = models.PositiveIntegerField(null=True, blank=True)
    is_universal = models.BooleanField(default=True)
    designed_with = SaidLine(limit=300, blank=True)
    notes = Said(limit=2000, blank=True)

    class Meta:
        ordering = ["on", "node_id"]
        verbose_name_plural = "activities"
