"""Forms of money."""

from hashlib import blake2s
from typing import Any

from weft.act.grants.queries import Balance
from weft.act.projects.models import Project
from weft.core import dates
from weft.core.forms import DayField, Form, KeyField, LineField, PoundsField, RevisedForm, SelectField, TextField
from weft.people.programmes.models import Organisation, Programme

NEW_HEADINGS = 3


def who_reads(programme: Programme) -> str:
    """Who reads what is typed into the book of a grant."""
    readers = "Everybody" if programme.is_public else "Everybody in the programme"
    return f"{readers} can read this in the book: put no names of people in it."


class GrantForm(Form):
    """Money awarded to a team."""

    name = LineField(label="What is the money called?", limit=160, help_text="Like: seed funding.")
    amount_pence = PoundsField(label="How much, in pounds?")
    awarded_on = DayField(label="Since when?", initial=dates.today)
    funder = LineField(label="Who gives it?", limit=160, required=False)
    held_by = SelectField(label="Who holds it for the team?", choices=[], required=False)
    done = "awarded"

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funder"].help_text = who_reads(programme)
        self.bodies: dict[str, Organisation] = {str(o.pk): o for o in programme.organisations.all()}
        self.fields["held_by"].choices = [("", "The team itself"), *((k, o.name) for k, o in self.bodies.items())]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "held_by": self.bodies.get(self.cleaned_data["held_by"])}


class SpendForm(Form):
    """A spend: how much, and for what. The rest has an answer already."""

    key = KeyField()
    amount_pence = PoundsField(label="How much, in pounds?")
    what = LineField(label="For what?", limit=200)
    heading = SelectField(label="Which heading?", choices=[])
    new_heading = LineField(label="Or a new heading", limit=80, required=False, help_text="Like: food.")
    project = SelectField(label="For which project?", choices=[], required=False)
    on = DayField(label="When?", initial=dates.today)
    done = "entered"

    def __init__(
        self, *args: Any, programme: Programme, balance: Balance, projects: list[Project], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].help_text = who_reads(programme)
        self.projects = {str(p.pk): p for p in projects}
        names = [heading.name for heading in balance.headings]
        self.fields["heading"].choices = [*((name, name) for name in names), ("", "A new heading, written below")]
        self.fields["heading"].required = False
        self.fields["project"].choices = [("", "No project"), *((k, p.node.title) for k, p in self.projects.items())]

    def clean(self) -> dict[str, Any]:
        """A heading, picked or new."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("new_heading") and not cleaned.get("heading"):
            self.add_error("new_heading", "Pick a heading or write a new one, like: food.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = dict(self.cleaned_data)
        new = said.pop("new_heading")
        return {**said, "heading": new or said["heading"], "project": self.projects.get(said["project"])}


def amount_of(heading: str) -> str:
    """The name of a heading's field. It hangs on the heading alone, whatever headings come and go meanwhile."""
    return f"amount_{blake2s(heading.encode(), digest_size=6).hexdigest()}"


class PlanForm(RevisedForm):
    """What the money is meant for now: an amount for each heading, some room for new ones, and why."""

    key = KeyField()

    def __init__(self, *args: Any, programme: Programme, balance: Balance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [heading.name for heading in balance.headings]
        for heading in balance.headings:
            label = f"{heading.name}, in pounds"
            field = PoundsField(label=label, lowest=0, required=False, initial=heading.planned)
            self.fields[amount_of(heading.name)] = field
        for number in range(NEW_HEADINGS):
            name = LineField(label=f"New heading {number + 1}", limit=80, required=False)
            self.fields[f"new_{number}"] = name
            self.fields[f"new_amount_{number}"] = PoundsField(
                label=f"Amount for new heading {number + 1}, in pounds", lowest=0, required=False
            )
        hint = "One line that stays." if self.names else "A first plan needs no reason."
        self.fields["reason"] = TextField(
            label="Why does the plan change?" if self.names else "Anything to say about it?",
            limit=600,
            rows=2,
            required=bool(self.names),
            help_text=f"{hint} {who_reads(programme)}",
        )

    def clean(self) -> dict[str, Any]:
        """A new heading has an amount and a name that is new."""
        cleaned = super().clean() or self.cleaned_data
        seen = set(self.names)
        for number in range(NEW_HEADINGS):
            name, amount = cleaned.get(f"new_{number}"), cleaned.get(f"new_amount_{number}")
            if amount and not name:
                self.add_error(f"new_{number}", "This amount has no heading. Write one, like: food.")
            if name and name in seen:
                self.add_error(f"new_{number}", f"There is a heading {name} already. Change its amount above.")
            if name:
                seen.add(name)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {"amounts": self.amounts(), **{name: self.cleaned_data[name] for name in ("reason", "key", "revision")}}

    def amounts(self) -> dict[str, int]:
        """Pence by heading."""
        said = self.cleaned_data
        found = {name: said.get(amount_of(name)) or 0 for name in self.names}
        for number in range(NEW_HEADINGS):
            if said.get(f"new_{number}"):
                found[said[f"new_{number}"]] = said.get(f"new_amount_{number}") or 0
        return found


class CorrectForm(Form):
    """Putting an entry right."""

    key = KeyField()
    why = LineField(label="What was wrong?", limit=200)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = f"Like: entered twice. {who_reads(programme)}"
