"""What people tell, and what the team says about it."""

from collections.abc import Collection
from typing import Any

from django import forms as django_forms
from django.http import QueryDict

from weft.core import forms
from weft.core.columns import asked_of
from weft.listen.conversations.models import Arrival, Scope
from weft.listen.stories.analysis import Word
from weft.listen.stories.models import HiddenPart, HiddenWhy
from weft.people.programmes.models import Programme, Team, Venue
from weft.people.programmes.queries import venues_of
from weft.provenance.items import Origin

QUOTE, USE, READ = "quote", "use", "read"
MAY = (
    (QUOTE, "Use it, and quote it without my name"),
    (USE, "Use it, but do not quote it"),
    (READ, "Just read it"),
)
HINTS = {
    QUOTE: "Others may read your words once somebody here has read them.",
    USE: "It counts with other stories when we look for what people share.",
    READ: "Nobody does anything else with it.",
}
SCOPES = {QUOTE: (Scope.ANALYSE, Scope.QUOTE), USE: (Scope.ANALYSE,), READ: ()}
NO_CHOICE = "You have not said what may be done with it. Choose one of the three."
UNDER_13 = "under_13"
ASK = "Nobody has said yes for somebody under 13. Ask a parent, a guardian or the person who runs this, then tick it."
EMPTY = "There is no story yet. Write a few words."


def may_field() -> forms.RadiosField:
    """The one question on what may be done with a story; nothing is chosen beforehand."""
    required = {"required": NO_CHOICE}
    return forms.RadiosField(label="What may we do with it?", choices=MAY, hints=HINTS, error_messages=required)


def description_field() -> forms.LineField:
    """How a teller may be described, for whoever wants that."""
    hint = "Only if you like, and only where we may quote you. Like: a parent in Ormsea"
    return forms.LineField(label="How may we describe you?", limit=120, required=False, help_text=hint)


def choices_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What is allowed, as the action takes it; a description is for quotations alone."""
    may = cleaned["may"]
    described_as = cleaned["described_as"] if may == QUOTE else ""
    return {"scopes": [*SCOPES[may], *([Scope.DESCRIBE] if described_as else [])], "described_as": described_as}


def may_of(scopes: Collection[str]) -> str:
    """The answer to the one question that says the same as some choices."""
    if {Scope.QUOTE, Scope.DESCRIBE} & set(scopes):
        return QUOTE
    return USE if Scope.ANALYSE in scopes else READ


class AllowForm(forms.RevisedForm):
    """What may be done with a story from now on."""

    done = "changed"
    mark_optional = False
    may = may_field()
    described_as = description_field()

    def facts(self) -> dict[str, Any]:
        """What is allowed, as the action takes it."""
        return {**choices_of(self.cleaned_data), "revision": self.cleaned_data["revision"]}


class HideForm(forms.RevisedForm):
    """Which words of a story to hide, and why. The page shows the words in the flow of the text, each to be ticked."""

    done = "hidden"
    mark_optional = False
    words = forms.TicksField(
        label="Words to hide",
        choices=[],
        error_messages={"required": "Nothing is chosen yet. Choose the words to hide."},
    )
    why = forms.RadiosField(
        label="Why?",
        choices=HiddenWhy.choices,
        error_messages={"required": "There is no reason yet. Choose one: readers see what stands there instead."},
    )
    because = asked_of(HiddenPart)["because"].formfield()

    def __init__(self, *args: Any, lines: list[list[Word]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words_shown = [word for line in lines for word in line if not word.is_mark]
        self.fields["words"].choices = [(str(word.number), word.text) for word in self.words_shown]

    @property
    def chosen(self) -> set[int]:
        """The numbers of the words that are ticked."""
        sent = {str(word.number): word.number for word in self.words_shown}
        return {sent[number] for number in self.data.getlist("words") if number in sent} if self.is_bound else set()

    def with_proposed(self) -> QueryDict:
        """What was sent, and ticked besides every word that looks personal."""
        data = self.data.copy()
        proposed = {word.number for word in self.words_shown if word.looks_like}
        data.setlist("words", [str(number) for number in sorted(self.chosen | proposed)])
        return data

    def reasons(self) -> dict[str, Any]:
        """Why, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("why", "because", "revision")}


class StoryForm(forms.Form):
    """A story in somebody's own words, and their choices."""

    done = "sent"
    mark_optional = False
    text = forms.TextField(
        label="Write it",
        noun="A story",
        limit=5000,
        rows=6,
        help_text="Up to 5,000 letters. Leave out names.",
        error_messages={"required": EMPTY},
    )
    mattered = forms.StitchField(label="To me, this mattered", low="A little", high="A lot")
    is_common = forms.StitchField(label="I think this happens", low="Only to me", high="To many people")
    may = may_field()
    described_as = description_field()
    words = forms.TickField(label="Give me four words, so that I can see what happens, and can take it back")
    under_18 = forms.RadiosField(
        label="Are you under 18?",
        choices=[("no", "No"), ("yes", "Yes, 13 or over"), (UNDER_13, "Yes, under 13")],
        required=False,
    )
    adult_agreed = forms.TickField(label="I am under 13, and a parent, a guardian or the person who runs this said yes")
    key = forms.KeyField()
    start = django_forms.CharField(required=False, max_length=64, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, knows_age: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if knows_age:
            del self.fields["under_18"], self.fields["adult_agreed"]

    def clean(self) -> dict[str, object]:
        """Somebody agreed where they are under 13."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("under_18") == UNDER_13 and not cleaned.get("adult_agreed"):
            self.add_error("adult_agreed", ASK)
        return cleaned

    def facts(self) -> dict[str, object]:
        """What was told, as the action takes it."""
        cleaned, allowed = self.cleaned_data, choices_of(self.cleaned_data)
        if cleaned["words"]:
            allowed["scopes"].append(Scope.TELL)
        said = {name: cleaned[name] for name in ("text", "mattered", "is_common")}
        return {**said, **allowed, "origin": Origin(key=cleaned["key"])}


class PaperForm(StoryForm):
    """A story that came on paper or was told to somebody, as a member of the team enters it."""

    arrived_by = forms.RadiosField(
        label="How did it come?",
        choices=[
            (Arrival.PAPER.value, "On paper"),
            (Arrival.FACILITATOR.value, "Somebody told it and I wrote it down"),
            (Arrival.KIOSK.value, "On a shared device"),
        ],
    )
    venue = forms.SelectField(label="Where?", required=False)
    is_group = forms.TickField(label="A group told it together")
    in_danger = forms.TickField(label="Somebody may be in danger: pass it to the safeguarding lead at once")

    def __init__(self, *args: Any, of: Team | Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.venues: dict[str, Venue] = {str(v.pk): v for v in venues_of(of.programme)}
        choices = [(key, f"{v.name}, {v.place.name}") for key, v in self.venues.items()]
        self.fields["venue"].choices = [("", "Not said"), *choices]
        self.fields["text"].label = "What they said"
        self.fields["under_18"].label = "Are they under 18?"
        self.fields["adult_agreed"].label = "They are under 13, and a parent, a guardian or the facilitator said yes"
        self.fields["may"].label = "What did they allow?"
        self.fields["words"].label = "They want four words"
        self.order_fields(["arrived_by", "venue", "text", "is_group"])

    @property
    def said_at(self) -> Venue | None:
        """Where it was said."""
        return self.venues.get(self.cleaned_data["venue"])


class AsideForm(forms.RevisedForm):
    """Why a story was not used."""

    because = forms.LineField(
        label="Not used, because", limit=300, help_text="Whoever told it reads this with their four words."
    )
