"""What a team types about sources, and the passages it takes from texts."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from weft.core.forms import Form, KeyField, LineField, NumberField, RadiosField, RevisedForm, SelectField, TextField
from weft.provenance.forms import VisibilityField
from weft.provenance.models import Knowledge
from weft.sense.sources import queries
from weft.sense.sources.models import SourceType

DOI = re.compile(r"10\.\d{4,9}/\S+")
KNOWLEDGE_CHOICES = [("", "As its type says"), *Knowledge.choices]
METADATA = ("authors", "year", "publisher", "url", "doi", "summary", "text", "fit_for", "limits")
HINTS = {
    SourceType.PAPER: "Something that researchers published.",
    SourceType.DATA: "Counts and records that somebody keeps anyway.",
    SourceType.NOTE: "What people who do the work have seen.",
    SourceType.LIVED: "What people told of their own lives, other than in a conversation here.",
    SourceType.LOCAL: "What is known in a place, written down or not.",
    SourceType.GREY: "A report, a plan, a page of an organisation.",
}


class SourceForm(Form):
    """A source: what it is, what it says, what it is good for and where it stops."""

    title = LineField(label="What is it called?", noun="The title", limit=300)
    type = RadiosField(
        label="What is it?", choices=SourceType.choices, hints={str(key): hint for key, hint in HINTS.items()}
    )
    knowledge_kind = SelectField(label="Kind of knowledge", choices=KNOWLEDGE_CHOICES, required=False)
    summary = TextField(label="What does it say, in short?", noun="The summary", limit=4000, rows=4, required=False)
    text = TextField(
        label="Its text, to take passages from",
        noun="The text",
        limit=200_000,
        rows=10,
        required=False,
        help_text="Paste what you may share. Leave out names and addresses of people.",
    )
    fit_for = LineField(
        label="What is it fit for?",
        noun="This",
        limit=600,
        required=False,
        help_text="One sentence. Nothing is ranked.",
    )
    limits = LineField(label="What are its limits?", noun="This", limit=600, required=False)
    authors = LineField(label="Who made it?", noun="The authors", limit=300, required=False)
    year = NumberField(label="Year", lowest=1000, highest=2199, required=False)
    publisher = LineField(label="Who published or keeps it?", noun="The publisher", limit=200, required=False)
    url = LineField(label="Address on the web", limit=500, kind="url", required=False)
    doi = LineField(label="DOI", limit=120, required=False, help_text="Like 10.1234/abcd.")

    def clean_text(self) -> str:
        """The text that offsets will count in."""
        return queries.canonical(self.cleaned_data["text"])

    def clean_url(self) -> str:
        """An address that a browser opens as a page, nothing else."""
        url: str = self.cleaned_data["url"]
        if url:
            try:
                URLValidator(schemes=["http", "https"])(url)
            except ValidationError:
                raise ValidationError(
                    "That is not an address on the web. Write one like https://example.org."
                ) from None
        return url

    def clean_doi(self) -> str:
        """The DOI itself, without the address that leads to it."""
        doi: str = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", self.cleaned_data["doi"], flags=re.IGNORECASE)
        if doi and not DOI.fullmatch(doi):
            raise ValidationError("That is not a DOI. It begins with 10 and has a slash, like 10.1234/abcd.")
        return doi


class NewSourceForm(SourceForm):
    """A new source."""

    key = KeyField()
    visibility = VisibilityField()


class EditSourceForm(RevisedForm, SourceForm):
    """The same, over what is saved."""


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

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
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
        return {"start": start, "end": end, "note": self.cleaned_data["note"]}
