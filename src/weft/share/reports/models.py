"""Reports: sections with citations, editions that are frozen, and who is carried into each."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from weft.core import counts
from weft.core.columns import Said, SaidData, SaidLine
from weft.core.keeping import Keeps, Until, What, Whom
from weft.listen.conversations.models import Conversation
from weft.people.programmes.models import Programme
from weft.provenance.models import Node
from weft.provenance.queries import things_in_words


class Report(models.Model):
    """The report of a programme, worked on by its convenors."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.PROGRAMME)
    programme = models.OneToOneField(Programme, models.CASCADE, related_name="report")
    title = SaidLine(limit=200)
    summary = Said(limit=2000, blank=True)
    revision = models.PositiveIntegerField(default=1)


class Section(models.Model):
    """One section of the draft: Markdown with citations."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.PROGRAMME)
    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    title = SaidLine(limit=200)
    text = Said(limit=60_000, blank=True)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number", "id"]


class Verdict(models.TextChoices):
    KEEP = "keep", "Keep it as the editors' own view"
    EVIDENCE = "evidence", "Its evidence stands in the sentence before"


class Judgement(models.Model):
    """What the editors decided about a sentence with no evidence behind it."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.PROGRAMME, sentence_hash=What.TECHNICAL)
    report = models.ForeignKey(Report, models.CASCADE, related_name="judgements")
    sentence = Said(limit=2000)
    sentence_hash = models.CharField(max_length=64)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = SaidLine(limit=400)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "sentence_hash"], name="one_judgement_a_sentence")]


class Edition(models.Model):
    """A frozen edition. `content_hash` is over `content` as published; words withdrawn later are redacted in place."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.TAKEN_BACK, content_hash=What.TECHNICAL, counts=What.ANSWER)
    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="edition")
    report = models.ForeignKey(Report, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = SaidData()
    content_hash = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="edition_number")]

    @property
    def fingerprint(self) -> str:
        """The hash in groups of four, to be compared by eye."""
        return " ".join(self.content_hash[at : at + 4] for at in range(0, 64, 4))

    @property
    def rests_on(self) -> str:
        """What is behind it, as it was when it came out; earlier ones say whose words and answers."""
        if "things" in self.counts:
            return things_in_words(self.counts["things"], self.counts.get("answers", 0))
        words = self.counts.get("words", 0)
        people = counts.MoreThan(words) if self.counts.get("is_more") else words
        return counts.behind(people, self.counts.get("answers", 0)) or "sources alone"


class Carried(models.Model):
    """How many of the people of one conversation, or of one of its groups, are carried into an edition.

    Without a `group` the row is about everybody. A number that would give somebody away is not kept.
    """

    keeps = Keeps(Whom.NOBODY, What.ANSWER, Until.PROGRAMME, group=What.ANSWER)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="carried")
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    group = models.CharField(max_length=60, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    carried = models.PositiveIntegerField(null=True, blank=True)
    expected = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    is_warning = models.BooleanField(default=False)
    answer = Said(limit=2000, blank=True, ways=("edition__node__programme",))

    class Meta:
        ordering = ["conversation", "group"]
        verbose_name_plural = "carried"
