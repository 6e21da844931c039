"""Forms of programmes, teams, organisations, places and invitations."""

import re
from typing import Any, Final

from django.core.exceptions import ValidationError

from weft.core.forms import (
    DayField,
    EmailField,
    Form,
    LineField,
    NumberField,
    RadiosField,
    RevisedForm,
    SelectField,
    TextField,
    TickField,
    TicksField,
)
from weft.people.accounts.models import NameInPublic
from weft.people.programmes.actions import LONGEST_ADDRESS
from weft.people.programmes.models import IN_DANGER, Programme, Role, Sector, Team

SHORT_ADDRESS: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _choices(rows: Any, empty: str = "") -> list[tuple[str, str]]:
    """Rows as choices by their key."""
    return ([("", empty)] if empty else []) + [(str(row.pk), str(row)) for row in rows]


def _picked(rows: Any, keys: Any) -> Any:
    """The rows picked: one for a key, a list for a list of keys."""
    by_key = {str(row.pk): row for row in rows}
    if isinstance(keys, list):
        return [by_key[key] for key in keys if key in by_key]
    return by_key.get(keys)


class ProgrammeForm(Form):
    """What a programme says of itself."""

    name = LineField(label="Name of the programme", limit=120)
    summary = LineField(label="What it is, in one or two sentences", limit=400, required=False)
    about = TextField(label="More about it", limit=6000, required=False, help_text="Markdown works here.")
    in_danger = TextField(
        label="If somebody is in danger: whom to call, now and in working hours",
        noun="The text",
        limit=1000,
        rows=5,
        initial=IN_DANGER,
        help_text="It stands on every page where something is told, and after it was sent.",
    )
    starts_on = DayField(label="First day", required=False)
    ends_on = DayField(label="Last day", required=False)
    is_public = TickField(label="Everybody may see the programme's public pages")

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first. Check both.")
        return cleaned


class EditProgrammeForm(RevisedForm, ProgrammeForm):
    """Changing it while somebody else may be changing it too."""


class NewProgrammeForm(ProgrammeForm):
    """A programme and the person who convenes it."""

    convenor = EmailField(label="Email address of the convenor", help_text="They get an invitation.")


class TeamForm(Form):
    """What a team says of itself."""

    name = LineField(label="Name of the team", limit=120)
    slug = LineField(
        label="Its short address",
        noun="The address",
        limit=LONGEST_ADDRESS,
        required=False,
        help_text="Small letters, figures and dashes, like long-summer. Left empty, it is made of the name.",
    )
    summary = LineField(label="Who you are, in one or two sentences", limit=400, required=False)
    places = TicksField(label="Where you work", choices=[], required=False)
    organisations = TicksField(label="Organisations in the team", choices=[], required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {"places": list(programme.places.all()), "organisations": list(programme.organisations.all())}
        for name, rows in self.rows.items():
            if rows:
                self.fields[name].choices = _choices(rows)
            else:
                del self.fields[name]

    def clean_slug(self) -> str:
        """An address that can be typed."""
        slug: str = self.cleaned_data["slug"]
        if slug and not SHORT_ADDRESS.fullmatch(slug):
            said = f"“{slug}” cannot be an address. Write small letters, figures and single dashes between them."
            raise ValidationError(said)
        return slug

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        picked = {name: _picked(rows, self.cleaned_data.get(name, [])) for name, rows in self.rows.items()}
        return {name: self.cleaned_data[name] for name in ("name", "slug", "summary")} | picked


class EditTeamForm(RevisedForm, TeamForm):
    """Changing it while somebody else may be changing it too. A longer address from before may stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].limit = max(LONGEST_ADDRESS, len(self.initial["slug"]))
        self.fields["slug"].help_text = "Small letters, figures and dashes. Links to the old one go on working."

    def clean_slug(self) -> str:
        """An address left empty stays as it is."""
        return super().clean_slug() or str(self.initial["slug"])

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {**super().facts(), "revision": self.cleaned_data["revision"]}


class OrganisationForm(Form):
    """An organisation and its front door."""

    name = LineField(label="Name of the organisation", limit=160)
    sector = SelectField(label="Sector", choices=[("", "Pick one"), *Sector.choices])
    does = LineField(label="What it does", limit=400, required=False)
    ask_whom = LineField(label="Whom to ask", limit=200, required=False, help_text="A role, not a private person.")
    approach = LineField(label="How best to approach it", limit=400, required=False)
    org_id = LineField(
        label="Registered number", limit=60, required=False, help_text="Like GB-CHC-1234567 or GB-LAE-RCC."
    )


class EditOrganisationForm(RevisedForm, OrganisationForm):
    """Changing it while somebody else may be changing it too."""


class PlaceForm(Form):
    """A place."""

    name = LineField(label="Name of the place", limit=120)
    gss_code = LineField(label="ONS code", limit=9, required=False, help_text="Nine characters, like E06000003.")
    gss_year = NumberField(label="Year of that code", lowest=2009, highest=2100, required=False)

    def clean_gss_code(self) -> str:
        """One letter and eight figures."""
        code = self.cleaned_data["gss_code"].upper()
        if code and not (len(code) == 9 and code[0] in "EWSNK" and code[1:].isdigit()):
            raise ValidationError("An ONS code is a letter and eight figures, like E06000003.")
        return code


class EditPlaceForm(RevisedForm, PlaceForm):
    """Changing it while somebody else may be changing it too."""


class VenueForm(Form):
    """A trusted place where people meet."""

    name = LineField(label="Name of the venue", limit=120)
    place = SelectField(label="Where it is", choices=[])
    what = LineField(label="What it is", limit=200, required=False, help_text="Like: a youth club, a pool, a library.")
    run_by = SelectField(label="Who runs it", choices=[], required=False)
    at_home = LineField(label="Who feels at home there", limit=300, required=False)
    gives = LineField(label="What it gives them, in their words", limit=400, required=False)
    lacks = LineField(label="What it lacks", limit=400, required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {"place": list(programme.places.all()), "run_by": list(programme.organisations.all())}
        self.fields["place"].choices = _choices(self.rows["place"], "Pick one")
        self.fields["run_by"].choices = _choices(self.rows["run_by"], "Nobody named")

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, **{n: _picked(rows, self.cleaned_data[n]) for n, rows in self.rows.items()}}


class EditVenueForm(RevisedForm, VenueForm):
    """Changing it while somebody else may be changing it too."""


class InviteForm(Form):
    """An invitation to a team, or to the programme as a whole."""

    email = EmailField(label="Email address")
    name = LineField(label="Name", limit=120, required=False)
    role = SelectField(label="Role", choices=[])
    sector = SelectField(label="Sector", choices=[("", "Not said"), *Sector.choices], required=False)
    organisation = SelectField(label="Organisation", choices=[], required=False)

    done = "sent"

    def __init__(self, *args: Any, programme: Programme, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(programme.organisations.all())
        roles = (Role.MEMBER, Role.LEAD) if team else (Role.CONVENOR, Role.SAFEGUARDING)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.fields["organisation"].choices = _choices(self.rows, "Nobody named")

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "organisation": _picked(self.rows, self.cleaned_data["organisation"])}


class NameForm(Form):
    """What somebody is called, and whether that may stand on public pages."""

    name = LineField(
        label="Your name", limit=120, autocomplete="name", help_text="Those who belong to your programmes see it."
    )
    name_in_public = RadiosField(
        label="May your name stand on public pages?",
        choices=NameInPublic.choices,
        help_text=(
            "Everybody can read those pages, and search engines find them. Your name would stand beside what you made "
            "or led. You can change this whenever you like, under My teams."
        ),
    )


class AcceptForm(NameForm):
    """Coming in."""

    done = "accepted"
