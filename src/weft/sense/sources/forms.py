"""What a team types about sources, and the passages it takes from texts."""

from collections.abc import Iterable
from typing import Any

from weft.core.forms import Form, LineField, NumberField, RadiosField, SelectField, TextField
from weft.people.programmes.models import Team
from weft.provenance.forms import ItemForm, VisibilityField
from weft.provenance.models import Knowledge
from weft.sense.sources import queries
from weft.sense.sources.nouns import SOURCE

KNOWLEDGE_CHOICES = [("", "As its type says"), *Knowledge.choices]


class SourceForm(ItemForm):
    """A source: what it is, what it says, what it is good for and where it stops."""

    noun = SOURCE
    title = LineField(label="What is it called?", noun="The title", limit=300)
    knowledge_kind = SelectField(label="Kind of knowledge", choices=KNOWLEDGE_CHOICES, required=False)
    field_order = ("title", "type", "knowledge_kind", "summary", "text", "fit_for", "limits", "authors", "year")
    visibility = VisibilityField()


class SourceSearchForm(Form):
    """Looking among a team's sources."""

    mark_optional = False
    q = LineField(label="Words in it", noun="What you look for", limit=200, required=False)
    kind = SelectField(label="Kind of knowledge", choices=[("", "Every kind"), *Knowledge.choices], required=False)


class PassageForm(Form):
    """A passage pasted from a text. With a script its place is known; else it is looked for, and chosen if need be."""

    done = "taken"
    start = NumberField(required=False)
    end = NumberField(required=False)
    passage = TextField(
        label="The passage, exactly as it stands in the text",
        noun="The passage",
        limit=5000,
        rows=4,
        help_text="Copy it from the text and paste it here.",
    )
    place = RadiosField(label="Which of these places do you mean?", choices=[], required=False)
    note = LineField(label="Why does it matter?", noun="The note", limit=600, required=False)
    team = SelectField(label="Which team is it about?", choices=[], required=False)

    def __init__(self, *args: Any, text: str, teams: Iterable[Team] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.teams = text, {team.slug: team for team in teams}
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            ("", "No team in particular"),
            *((slug, team.name) for slug, team in self.teams.items()),
        ]
        if not self.teams:
            del self.fields["team"]
        for name in ("start", "end"):
            self.fields[name].widget = self.fields[name].hidden_widget()
        found = self._places(self.data.get("passage", "")) if self.is_bound else []
        self.places = found if len(found) > 1 else []
        if not self.places:
            del self.fields["place"]
        else:
            self.fields["place"].choices = [  # type: ignore[attr-defined]
                (f"{p.start}-{p.end}", f"… {p.before}[{p.words}]{p.after} …")
                for p in queries.places_in_context(text, self.places)
            ]

    def _places(self, pasted: str) -> list[tuple[int, int]]:
        return queries.passages(self.text, pasted)[:50]

    def clean(self) -> dict[str, Any]:
        """Say where the passage stands: by the selection, by the one place there is, or by the place chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "passage" not in cleaned:
            return cleaned
        found = self._places(cleaned["passage"])
        selected = (cleaned.get("start"), cleaned.get("end"))
        if cleaned.get("place"):
            start, _, end = cleaned["place"].partition("-")
            cleaned["span"] = (int(start), int(end))
        elif selected in found or len(found) == 1:
            cleaned["span"] = selected if selected in found else found[0]
        elif not found:
            self.add_error("passage", "These words are not in the text. Copy them exactly as they stand there.")
        elif "place" not in self.errors:
            self.add_error("place", f"These words stand in {len(found)} places. Pick the one you mean.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        start, end = self.cleaned_data["span"]
        team = self.teams.get(self.cleaned_data.get("team", ""))
        return {"start": start, "end": end, "note": self.cleaned_data["note"], "team": team}
