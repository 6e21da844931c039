"""The thread: everything that anyone says, finds, decides, tries or learns is a node; links say what came of what."""

import secrets
import time
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse

from weft.core.columns import ItemKey, Said, SaidData, SaidLine
from weft.core.keeping import Holds, Keeps, Until, What, Whom
from weft.people.programmes.models import Programme, Team
from weft.provenance.registry import NOUNS, Noun
from weft.provenance.visibility import Visibility, is_for_team, sealed

M = TypeVar("M", bound=models.Model)


def uuid7() -> UUID:
    """A UUID whose order is the order of making (RFC 9562, version 7)."""
    milliseconds = time.time_ns() // 1_000_000
    return UUID(int=(milliseconds << 80) | (7 << 76) | (secrets.randbits(12) << 64) | (2 << 62) | secrets.randbits(62))


class Layer(models.TextChoices):
    STRATEGIC = "strategic", "Strategic"
    DELIVERY = "delivery", "Delivery"


class Knowledge(models.TextChoices):
    LIVED = "lived", "Lived experience"
    PRACTICE = "practice", "Practice"
    ADMINISTRATIVE = "administrative", "Administrative data"
    ACADEMIC = "academic", "Academic"
    LOCAL = "local", "Local and traditional"


class Relation(models.TextChoices):
    QUOTES = "quotes", "quotes"
    SUPPORTS = "supports", "supports"
    CONTRADICTS = "contradicts", "speaks against"
    INFORMS = "informs", "informs"
    ADDRESSES = "addresses", "addresses"
    PRODUCED = "produced", "produced"
    ANSWERS = "answers", "answers"
    REVISES = "revises", "revises"


class AskState(models.TextChoices):
    """What has become of an ask, or of a recommendation."""

    ASKED = "asked", "Asked"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No, with reasons"


class Unsealed(models.Manager[M]):
    """The rows of items that were not passed to the safeguarding lead: all that any page but hers knows of."""

    def get_queryset(self) -> models.QuerySet[M]:
        """The rows."""
        return super().get_queryset().exclude(sealed("" if self.model is Node else "node__"))


class Node(models.Model):
    """One item on the thread."""

    keeps = Keeps(
        Whom.MEMBER,
        What.WORK,
        Until.TAKEN_BACK,
        kind=What.TECHNICAL,
        title=Holds(Whom.CONTRIBUTOR, What.VOICE, Until.TAKEN_BACK),
    )
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=12)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="nodes")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="nodes")
    kind = models.CharField(max_length=20)
    title = SaidLine(limit=300)
    layer = models.CharField(max_length=10, choices=Layer.choices, blank=True)
    knowledge_kind = models.CharField(max_length=20, choices=Knowledge.choices, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Unsealed["Node"]()
    every = models.Manager["Node"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="code_in_programme")]
        indexes = [
            models.Index(fields=["programme", "kind", "team", "made_at"], name="node_by_kind"),
            models.Index(fields=["programme", "made_at", "id"], name="node_by_age"),
        ]
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The item's page."""
        return reverse(self.about.page, kwargs={"programme": self.programme.slug, "code": self.code})

    @property
    def of(self) -> Team | Programme:
        """Whose it is: a team's, or the whole programme's."""
        return self.team or self.programme

    @property
    def about(self) -> Noun:
        """What kind of item this is."""
        return NOUNS[self.kind]

    @property
    def is_withdrawn(self) -> bool:
        """Whether only the tombstone is left."""
        return self.withdrawn_at is not None

    @property
    def is_for_team(self) -> bool:
        """Whether nobody sees it but those who work in its team."""
        return is_for_team(self)


class Link(models.Model):
    """That `target` came of `source`. Withdrawn, never deleted."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.TAKEN_BACK)
    source = models.ForeignKey(Node, models.PROTECT, related_name="out", db_index=False)
    target = models.ForeignKey(Node, models.PROTECT, related_name="into", db_index=False)
    relation = models.CharField(max_length=12, choices=Relation.choices)
    note = SaidLine(limit=400, blank=True, ways=("target__programme",))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_citation = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "relation"], name="one_link_a_relation"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="no_link_to_itself"),
        ]
        indexes = [
            # all that a trace asks of a link, so that it reads no row of the table
            models.Index(fields=["target", "source", "withdrawn_at", "relation", "note"], name="link_up"),
            models.Index(fields=["source", "target", "withdrawn_at"], name="link_down"),
        ]


class Item(models.Model):
    """What every plain noun has: its node, the key of the form that it came from, and how often it was changed."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.TAKEN_BACK)
    node = ItemKey(Node, models.PROTECT, primary_key=True, related_name="%(class)s")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[Unsealed[Any]] = Unsealed()
    every: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True


class SearchText(models.Model):
    """What of an item can be searched; erased with the item's withdrawal."""

    keeps = Keeps(Whom.CONTRIBUTOR, What.VOICE, Until.TAKEN_BACK)
    id = models.BigAutoField(primary_key=True)
    node = models.OneToOneField(Node, models.CASCADE, related_name="search_text")
    body = Said()


class EarlierText(models.Model):
    """What an item said until it was changed, in the texts that were; `number` is the revision that it was."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.TAKEN_BACK)
    node = models.ForeignKey(Node, models.CASCADE, related_name="earlier")
    number = models.PositiveIntegerField()
    texts = SaidData()  # by the names of their columns, the title of the node among them
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["node", "number"], name="one_earlier_text_a_revision")]


class Mask(models.Model):
    """Words of an item that was taken back, as they stood in a text that came of it, until somebody decides on them.

    `code` is the number of the mark that stands there now, the same for the same words in all of one `place`; a draft
    that is no item yet has none.
    """

    keeps = Keeps(Whom.CONTRIBUTOR, What.VOICE, Until.DECIDED, table=What.TECHNICAL, column=What.TECHNICAL)
    code = models.CharField(max_length=5)
    node = models.ForeignKey(Node, models.CASCADE, related_name="masks")
    place = models.ForeignKey(Node, models.CASCADE, null=True, blank=True, related_name="masked")
    table = models.CharField(max_length=60)
    column = models.CharField(max_length=40)
    key = models.CharField(max_length=36)
    words = Said(ways=("place__programme",))  # which another voice may share
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["id"]
