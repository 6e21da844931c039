"""Widgets that Django has not: choices with hints, and the seven stitches."""

from collections.abc import Mapping
from typing import Any

from django import forms


class Hinted(forms.RadioSelect):
    """Choices that may each have a hint, tied to its input for screen readers."""

    def __init__(self, hints: Mapping[str, str] | None = None, inline: bool = False) -> None:
        super().__init__()
        self.hints, self.inline = dict(hints or {}), inline

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option with its hint."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        hint = self.hints.get(str(value))
        if hint:
            option["hint"] = hint
            if "id" in option["attrs"]:
                option["hint_id"] = f"{option['attrs']['id']}_hint"
                option["attrs"]["aria-describedby"] = option["hint_id"]
        return option

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template needs besides."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["inline"] = self.inline
        return context


class Radios(Hinted):
    """One of a few."""


class Ticks(Hinted, forms.CheckboxSelectMultiple):
    """Any of a few."""

    template_name = forms.CheckboxSelectMultiple.template_name
    input_type = "checkbox"
    allow_multiple_selected = True


class Stitches(forms.RadioSelect):
    """Seven radios on a thread between two named ends."""

    template_name = "core/forms/stitches.html"

    def __init__(self, low: str, high: str) -> None:
        super().__init__()
        self.low, self.high = low, high

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template needs besides."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"].update(low=self.low, high=self.high)
        return context
