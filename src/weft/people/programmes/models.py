"""Programmes, their teams and organisations, the places and venues, and who belongs."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from weft.core.columns import Said, SaidLine
from weft.core.keeping import Keeps, Until, What, Whom

# What stands beside every story that is told until a convenor writes whom their own people can reach.
IN_DANGER = """In danger now, or badly hurt: call 999.
Under 19: Childline, 0800 1111, free, day and night.
Any age: Samaritans, 116 123, free, day and night.
What is written here is read within days, and not at once."""


class Sector(models.TextChoices):
    ACADEMIA = "academia", "Academia"
    LOCAL_GOVERNMENT = "local_government", "Local government"
    COMMUNITY = "community", "Community"
    FUNDER = "funder", "Funder"
    OTHER = "other", "Other"


class Programme(models.Model):
    """A cohort of place-based teams under one convenor."""

    keeps = Keeps(Whom.NOBODY, What.WORK, Until.PROGRAMME, name=What.WORK, in_danger=What.WORK, language=What.TECHNICAL)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    summary = SaidLine(limit=400, blank=True)
    about = Said(blank=True)
    in_danger = models.TextField(max_length=1000, default=IN_DANGER)
    language = models.CharField(max_length=12, default="en-GB")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    # What may belong to a team or to the whole programme asks either for its programme, team, room and tabs.
    team = None
    room = "items"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page that everybody may read."""
        return reverse("programme:programme", args=[self.slug])

    @property
    def programme(self) -> "Programme":
        """Itself."""
        return self

    def tab(self, stage: str) -> str:
        """Where those who convene it work, at any stage."""
        return reverse("cohort:cohort", args=[self.slug])


class Organisation(models.Model):
    """A body that takes part, with its front door: what it does, whom to ask, how best to approach it."""

    keeps = Keeps(
        Whom.OUTSIDER,
        What.WORK,
        Until.PROGRAMME,
        name=What.WORK,
        org_id=What.WORK,
        does=What.WORK,
        ask_whom=What.CONTACT,
        approach=What.WORK,
    )
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="organisations")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    org_id = models.CharField(max_length=60, blank=True)
    does = models.CharField(max_length=400, blank=True)
    ask_whom = models.CharField(max_length=200, blank=True)
    approach = models.CharField(max_length=400, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="organisation_slug_in_programme")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Where a team works."""

    keeps = Keeps(Whom.NOBODY, What.WORK, Until.PROGRAMME, name=What.WORK, gss_code=What.WORK)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="places")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    gss_code = models.CharField(max_length=9, blank=True)
    gss_year = models.PositiveSmallIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="place_slug_in_programme")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People from several sectors who work on one local problem."""

    keeps = Keeps(Whom.NOBODY, What.WORK, Until.PROGRAMME, name=What.WORK)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="teams")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    summary = SaidLine(limit=400, blank=True)
    colour = models.PositiveSmallIntegerField(
        db_column="yarn", validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    places = models.ManyToManyField(Place, related_name="teams", blank=True)
    organisations = models.ManyToManyField(Organisation, related_name="teams", blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="team_slug_in_programme"),
            models.UniqueConstraint(fields=["programme", "colour"], name="one_yarn_a_team"),
        ]
        ordering = ["colour"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page that everybody may read."""
        return reverse("team:team", args=[self.programme.slug, self.slug])

    @property
    def team(self) -> "Team":
        """Itself."""
        return self

    @property
    def room(self) -> str:
        """The part of an address below which stands what belongs to it."""
        return self.slug

    def tab(self, stage: str) -> str:
        """Where a stage stands in the team's workspace."""
        return reverse("team:workspace", args=[self.programme.slug, self.slug, stage])


class FormerAddress(models.Model):
    """A short address that a team had once; whoever uses it is sent on."""

    keeps = Keeps(Whom.NOBODY, What.TECHNICAL, Until.PROGRAMME)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(max_length=60)
    team = models.ForeignKey(Team, models.CASCADE, related_name="former_addresses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="former_address_in_programme")]
        ordering = ["id"]
        verbose_name_plural = "former addresses"


class Venue(models.Model):
    """A trusted place where people meet."""

    keeps = Keeps(Whom.OUTSIDER, What.WORK, Until.PROGRAMME, name=What.WORK, what=What.WORK)
    place = models.ForeignKey(Place, models.CASCADE, related_name="venues")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    what = models.CharField(max_length=200, blank=True)
    run_by = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="venues")
    at_home = SaidLine(limit=300, blank=True)
    gives = SaidLine(limit=400, blank=True)
    lacks = SaidLine(limit=400, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "slug"], name="venue_slug_in_place")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    MEMBER = "member", "Member"
    LEAD = "lead", "Lead"
    CONVENOR = "convenor", "Convenor"
    SAFEGUARDING = "safeguarding", "Safeguarding lead"


class Membership(models.Model):
    """Who belongs to a team, or, without a team, to the programme as a whole."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.PROGRAMME, does=What.WORK)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="memberships")
    does = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "team", "user", "role"],
                condition=models.Q(to_on=None),
                nulls_distinct=False,
                name="one_open_membership_a_role",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["convenor", "safeguarding"], team=None)
                | models.Q(role__in=["member", "lead", "safeguarding"], team__isnull=False),
                name="convenors_belong_to_the_programme",
            ),
        ]
        ordering = ["from_on", "id"]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display().lower()}"


class Invitation(models.Model):
    """An offer of membership, sent by email; only a hash of its secret is kept."""

    keeps = Keeps(
        Whom.MEMBER, What.WORK, Until.PROGRAMME, email=What.CONTACT, name=What.IDENTITY, secret_hash=What.TECHNICAL
    )
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="invitations")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_sent")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at"]
