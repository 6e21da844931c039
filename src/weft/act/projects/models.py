"""Mini-projects: what is being tried, why it changed, and the days on which it ran."""

from django.conf import settings
from django.db import models

from weft.core.columns import Day, Named, Number, OneOf, PartOf, Said, SaidLine, Tick
from weft.core.keeping import Keeps, Until, What, Whom
from weft.people.programmes.models import Membership, Organisation, Venue
from weft.provenance.models import Item


class ProjectState(models.TextChoices):
    PLANNED = "planned", "To come"
    RUNNING = "running", "Running"
    ENDED = "ended", "Ended"


class Project(Item):
    """A mini-project."""

    purpose = Said(
        label="What is it for?",
        says="What it is for, in Markdown with citations.",
        limit=4000,
        rows=4,
        blank=True,
        cites=True,
    )
    state = OneOf(says="How it stands.", max_length=10, choices=ProjectState.choices, default=ProjectState.RUNNING)
    lead = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="projects")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="projects")
    starts_on = Day(label="First day", says="Its first day.", null=True, blank=True)
    ends_on = Day(label="Last day", says="Its last day.", null=True, blank=True)


class Iteration(models.Model):
    """What is being tried now, and why that changed."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.TAKEN_BACK)
    project = models.ForeignKey(Project, models.CASCADE, related_name="iterations")
    number = models.PositiveIntegerField()
    trying = Said(says="What is tried.", limit=2000, cites=True)
    why_changed = Said(says="Why it changed; needed for every one but the first.", limit=2000, blank=True, cites=True)
    since_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="iteration_number")]


class Activity(Item):
    """A day on which a project ran, with how many came, never who."""

    project = PartOf(Project, models.CASCADE, says="The project.", related_name="activities")
    on = Day(label="Which day?", says="The day.")
    venue = Named(
        Venue, models.SET_NULL, says="Where: `<place>/<venue>`.", null=True, blank=True, related_name="activities"
    )
    attendance = Number(label="How many came?", says="How many came.", hint="A count is enough.", null=True, blank=True)
    is_universal = Tick(says="Whether everybody could come, or only some.", default=True)
    designed_with = SaidLine(label="Who helped to design it?", says="Who designed it together.", limit=300, blank=True)
    notes = Said(
        label="Anything to remember?",
        says="What was noticed, never about one person.",
        hint="No names.",
        limit=2000,
        rows=3,
        blank=True,
    )

    class Meta:
        ordering = ["on", "node_id"]
        verbose_name_plural = "activities"
