"""Problem statements, in versions; what is still disputed stands in the text."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from weft.core.columns import Said, SaidLine
from weft.core.keeping import Keeps, Until, What, Whom
from weft.provenance.models import Node


class ProblemStatement(models.Model):
    """What a team says the problem is."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.TAKEN_BACK)
    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="problem")
    published_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)


class Version(models.Model):
    """One version: Markdown with citations. Every version is kept."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.TAKEN_BACK)
    problem = models.ForeignKey(ProblemStatement, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = SaidLine(limit=300, blank=True)
    text = Said(
        label="The problem statement",
        says="The problem, in Markdown with citations.",
        limit=20_000,
        rows=14,
        cites=True,
    )
    disagreement = Said(
        label="What is still disputed, and by whom?",
        says="What is still disputed, in Markdown with citations.",
        hint="It stays in the published text. Name roles and organisations, not private people.",
        noun="What is disputed",
        limit=6000,
        blank=True,
        cites=True,
    )
    why = SaidLine(limit=400, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["problem", "number"], name="version_number")]
