"""What people and teams type into a conversation."""

from django import forms as django_forms
from django.core.exceptions import ValidationError

from weft.core import forms
from weft.listen.conversations.models import Conversation

LANGUAGES = (
    *(("en-GB", "English"), ("cy", "Cymraeg"), ("pl", "Polski"), ("ur", "اردو"), ("uk", "Українська")),
    *(("ar", "العربية"), ("bn", "বাংলা"), ("ro", "Română"), ("pt", "Português"), ("zh", "中文")),
)
PARTS = (
    ("takes_statements", "Cards to agree or disagree with"),
    ("takes_new_statements", "Cards that people add"),
    ("takes_stories", "Stories in their own words"),
)
SAFETY = (
    ("needs_moderation", "Read each added card before others see it"),
    ("is_sensitive", "The subject is sensitive"),
    ("for_children", "Children take part"),
)


class SuggestForm(forms.Form):
    """A card somebody adds."""

    done = "sent"
    text = forms.TextField(
        label="Your card",
        noun="A card",
        limit=300,
        rows=3,
        help_text="One thought in one sentence. Leave out names.",
        error_messages={"required": "There is nothing on your card yet. Write one sentence."},
    )
    key = forms.KeyField()
    start = django_forms.CharField(required=False, max_length=64, widget=django_forms.HiddenInput)


class SeedForm(forms.Form):
    """Cards of the team's own, several at once."""

    done = "added"
    lines = forms.TextField(label="Cards", limit=20_000, rows=8, help_text="One card on each line.")

    def clean_lines(self) -> list[str]:
        """The cards, each not too long."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        for number, line in enumerate(lines, 1):
            if len(line) > 300:
                raise ValidationError(f"Card {number} has {len(line)} characters. A card can be up to 300 characters.")
        if len(lines) > 100:
            raise ValidationError(f"These are {len(lines)} cards. Add up to 100 at once.")
        return lines


class ConversationForm(forms.Form):
    """A conversation as its team sets it up."""

    prompt = forms.LineField(label="What do you ask?", noun="The question", limit=200)
    purpose = forms.TextField(
        label="What will be done with the answers?",
        limit=1000,
        rows=3,
        required=False,
        help_text="One or two sentences. People read this when they have sent something.",
    )
    answer_by = forms.DayField(
        label="By when will people hear what came of it?",
        required=False,
        help_text="Like 24 November 2026. It is shown to everybody who takes part.",
    )
    readers = forms.LineField(
        label="Who reads the stories?",
        required=False,
        limit=200,
        help_text="Like: the four people in the team who read stories. Name somebody only if they agree.",
    )
    language = forms.SelectField(label="Language of the question and cards", choices=LANGUAGES)
    parts = forms.TicksField(label="What can people do?", choices=PARTS)
    safety = forms.TicksField(
        label="Safety",
        choices=SAFETY,
        required=False,
        hints={
            "is_sensitive": "Every page then has a way to leave at once, and the conversation is listed nowhere.",
            "for_children": "Everybody is asked their age first. The PIN of a shared device says yes for under 13.",
        },
    )

    @classmethod
    def initial_of(cls, conversation: Conversation | None) -> dict[str, object]:
        """What the form shows first."""
        if conversation is None:
            return {
                "language": "en-GB",
                "parts": [name for name, _ in PARTS],
                "safety": ["needs_moderation"],
            }
        names = ("prompt", "purpose", "answer_by", "readers", "language", "revision")
        plain = {name: getattr(conversation, name) for name in names}
        return {
            **plain,
            "parts": [name for name, _ in PARTS if getattr(conversation, name)],
            "safety": [name for name, _ in SAFETY if getattr(conversation, name)],
        }

    def facts(self) -> dict[str, object]:
        """What the action takes."""
        cleaned = self.cleaned_data
        facts = {name: cleaned[name] for name in ("prompt", "purpose", "answer_by", "readers", "language")}
        facts |= {name: name in cleaned["parts"] for name, _ in PARTS}
        return facts | {name: name in cleaned["safety"] for name, _ in SAFETY}

    def clean(self) -> dict[str, object]:
        """New cards need cards."""
        cleaned = super().clean() or self.cleaned_data
        parts = cleaned.get("parts") or []
        if "takes_new_statements" in parts and "takes_statements" not in parts:
            self.add_error("parts", "People can only add cards where there are cards. Tick the first as well.")
        return cleaned


class EditConversationForm(forms.RevisedForm, ConversationForm):
    """The same, over what is saved."""

    def facts(self) -> dict[str, object]:
        """What the action takes."""
        return {**super().facts(), "revision": self.cleaned_data["revision"]}


class HideForm(forms.Form):
    """Why a card is hidden."""

    done = "hidden"
    because = forms.LineField(
        label="Why is this card not shown?", limit=200, help_text="Whoever wrote it can read the reason."
    )
