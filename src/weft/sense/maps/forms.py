"""What a team says to draw a map."""

from collections.abc import Iterable
from typing import Any

from weft.core.forms import Form, RadiosField
from weft.listen.conversations.models import Conversation


class DrawForm(Form):
    """The conversation to draw."""

    done = "drawn"
    conversation = RadiosField(label="Of which conversation?", choices=[])

    def __init__(self, *args: Any, conversations: Iterable[Conversation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conversations = {str(one.pk): one for one in conversations}
        choices = [(key, one.prompt) for key, one in self.conversations.items()]
        self.fields["conversation"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["conversation"] = choices[0][0]

    def clean_conversation(self) -> Conversation:
        """The conversation itself."""
        return self.conversations[self.cleaned_data["conversation"]]
