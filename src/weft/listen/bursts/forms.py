"""What is sent to decide on people who came from one place."""

from typing import Any

from django.forms import CharField, HiddenInput

from weft.core.forms import Form, LineField
from weft.listen.bursts.analysis import Found


class DecideForm(Form):
    """Why a member decides on some people; what they decide says the button."""

    mark_optional = False
    burst = CharField(widget=HiddenInput, max_length=60)
    because = LineField(
        label="How do you know?",
        limit=300,
        help_text="One line. It stays in the record, with your name.",
    )

    def __init__(self, data: Any, *, about: Found, number: int) -> None:
        own = data if data is not None and data.get("burst") == about.key else None
        super().__init__(own, initial={"burst": about.key}, auto_id=f"id_{number}_%s")
        self.about = about
