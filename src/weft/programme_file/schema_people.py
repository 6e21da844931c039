"""The parts of a file that say who, where and together with whom."""

from pydantic import Field

from weft.filing.parts import (
    Day,
    Email,
    Key,
    Moment,
    MomentAhead,
    OrganisationName,
    Part,
    PersonName,
    PlaceName,
    RoleName,
    SectorName,
    Slug,
    StageName,
    TeamName,
    may,
    need,
)
from weft.people.accounts.models import NameInPublic


class Programme(Part):
    """The programme itself."""

    slug: Slug = need("Its address: `/<slug>/`. No other programme on the site may have it.")
    name: str = need("What it is called.", 120)
    summary: str = may("", "One or two sentences.", 400)
    about: str = may("", "More about it, in Markdown.")
    in_danger: str | None = may(
        None, "Whom to call where somebody is in danger; numbers of the United Kingdom if left out.", 1000
    )
    language: str = may("en-GB", "The language of its pages.", 12)
    starts_on: Day | None = may(None, "First day.")
    ends_on: Day | None = may(None, "Last day.")
    is_public: bool = may(True, "Whether everybody may read it, or only its members.")
    is_demo: bool = may(False, "Whether every page says that it is a demonstration.")
    made_at: Moment | None = may(
        None, "When it was begun, noon of `starts_on` if left out. Whatever has no time of its own has this one."
    )


class Person(Part):
    """Somebody with an account. An account with this address is used if the site has one, with what its owner said."""

    key: Key = need("What this file calls them.")
    name: str = may("", "Their name.", 120)
    email: Email = need("Where their sign-in codes go.")
    named: bool | None = may(
        None, "Whether their name may stand on public pages, as they said; if left out they have not been asked."
    )
    under_18: bool = may(False, "Whether they said that they are under 18: then their name never stands there.")

    @property
    def name_in_public(self) -> str:
        """What they said of their name on public pages, as the account keeps it."""
        return NameInPublic.told(self.named, self.under_18)


class Organisation(Part):
    """A body that takes part, with its front door."""

    slug: Slug = need("What this file and its address call it.")
    name: str = need("Its name.", 160)
    sector: SectorName = need("Its sector.")
    org_id: str = may("", "Its identifier, such as GB-CHC-123456.", 60)
    does: str = may("", "What it does.", 400)
    ask_whom: str = may("", "Whom to ask, by role.", 200)
    approach: str = may("", "How best to approach it.", 400)


class Venue(Part):
    """A trusted place where people meet."""

    slug: Slug = need("Its name in addresses and in this file: `<place>/<venue>`.")
    name: str = need("What it is called.", 120)
    what: str = may("", "What it is.", 200)
    run_by: OrganisationName | None = may(None, "The organisation that runs it, by its slug.")
    at_home: str = may("", "Who feels at home there.", 300)
    gives: str = may("", "What it gives them, in their words.", 400)
    lacks: str = may("", "What it lacks.", 400)


class Place(Part):
    """Where a team works."""

    slug: Slug = need("Its name in addresses and in this file.")
    name: str = need("What it is called.", 120)
    gss_code: str = may("", "Its code in the statistics, such as E06000003.", 9)
    gss_year: int | None = may(None, "The year of that code.", ge=1900, le=2199)
    venues: list[Venue] = may([], "Trusted places where people meet.")


class Team(Part):
    """People from several sectors who work on one problem."""

    slug: Slug = need("Its address: `/<programme>/<slug>/`.")
    former: list[Slug] = may([], "Addresses that it had before; they are sent on.")
    name: str = need("What it is called.", 120)
    summary: str = may("", "What it is about.", 400)
    yarn: int | None = may(None, "The number of its colour in the weave; the next free one if left out.", ge=1, le=99)
    places: list[PlaceName] = may([], "Slugs of the places where it works.")
    organisations: list[OrganisationName] = may([], "Slugs of the organisations in it.")


class Membership(Part):
    """That somebody belongs to a team, or to the programme as a whole."""

    person: PersonName = need("Who.")
    team: TeamName | None = may(
        None, "The team. Convenors have none; a safeguarding lead has one or belongs to the programme as a whole."
    )
    role: RoleName = need("What they are. This gives them their rights.")
    sector: SectorName | None = may(None, "The sector they come from.")
    organisation: OrganisationName | None = may(None, "The organisation they come from.")
    does: str = may("", "What they do.", 200)
    from_on: Day | None = may(None, "Since when; the day the programme was begun if left out.")
    to_on: Day | None = may(None, "Until when, if they have left.")


class Lead(Part):
    """That somebody led or supported a stage of a team's work for a time."""

    person: PersonName = need("Who; a member of the team.")
    team: TeamName = need("Which team.")
    stage: StageName = need("What they lead: one of the six stages or the whole team.")
    supports: bool = may(False, "Whether they support it and somebody else leads.")
    from_on: Day = need("Since when.")
    to_on: Day | None = may(None, "Until when. Whoever leads next ends the one before.")
    reason: str = may("", "Why it changed hands. Needed where somebody else led before.", 400)


class Session(Part):
    """One meeting of the learning journey."""

    number: int = need("Its place in the journey; no two have the same.", ge=1, le=32767)
    title: str = need("What it is called.", 160)
    purpose: str = may("", "What it is for.", 400)
    starts_at: MomentAhead = need("When it begins.")
    minutes: int = may(120, "How long it takes.", ge=1, le=32767)
    where: str = may("", "Where it is.", 200)
    materials: str = may("", "What to read or bring, in Markdown.")
    exercises: str = may("", "What is done there, in Markdown.")
    notes: str = may("", "What came out, in Markdown.")
    came: list[PersonName] = Field(default_factory=list, description="Who came.")
