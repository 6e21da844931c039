"""Forms as every page shows them: labels, hints and errors tied together, on GOV.UK Frontend's markup."""

from copy import copy
from typing import Any, Final

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import pretty_name
from django.forms.widgets import Input
from django.utils.text import capfirst

from weft.core.errors import Changed
from weft.core.fields import (
    ClockField,
    DayField,
    EmailField,
    KeyField,
    LineField,
    NumberField,
    PoundsField,
    RadiosField,
    RevisionField,
    SelectField,
    StitchField,
    TextField,
    TickField,
    TicksField,
    WordsField,
    tidy,
)
from weft.core.numbers import in_words

__all__ = [
    "ClockField",
    "DayField",
    "EmailField",
    "Form",
    "KeyField",
    "LineField",
    "NumberField",
    "PoundsField",
    "RadiosField",
    "Renderer",
    "RevisedForm",
    "RevisionField",
    "SelectField",
    "StitchField",
    "TextField",
    "TickField",
    "TicksField",
    "WordsField",
    "tidy",
]

TEMPLATES: Final = {
    "django/forms/widgets/radio.html": "core/forms/radios.html",
    "django/forms/widgets/checkbox_select.html": "core/forms/checkboxes.html",
}
CLASSES: Final[tuple[tuple[type[forms.Widget], str], ...]] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.HiddenInput, ""),
    (Input, "govuk-input"),
)
DJANGO_REQUIRED: Final = forms.Field.default_error_messages["required"]
DJANGO_CHOICES: Final = tuple(
    field.default_error_messages["invalid_choice"]
    for field in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField, forms.ModelMultipleChoiceField)
)


class BoundField(forms.BoundField):
    """A field on a page, with the classes that the stylesheet knows."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes and the class."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if widget.use_fieldset:
            built.pop("aria-invalid", None)
        base = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
        own = str(built.get("class") or widget.attrs.get("class", ""))
        wrong = f"{base}--error" if base in {"govuk-input", "govuk-textarea", "govuk-select"} and self.errors else ""
        if names := " ".join(filter(None, (base, wrong, own))):
            built["class"] = names
        return built

    @property
    def first_id(self) -> str:
        """Where a link in the error summary leads: the input, or the first of a group."""
        return self.id_for_label or next((one.id_for_label for one in self.subwidgets), str(self.auto_id))

    @property
    def is_tick(self) -> bool:
        """Whether it is a single thing to tick, whose label stands after the box."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def says_optional(self) -> bool:
        """Whether the label should say that it may be left empty."""
        marked = getattr(self.form, "mark_optional", True)
        return marked and not self.field.required and not self.is_tick


class Renderer(DjangoTemplates):
    """Renders every form of the site, other packages' forms too."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"
    bound_field_class = BoundField

    def get_template(self, template_name: str) -> Any:
        """Our template where Django's has other markup."""
        return super().get_template(TEMPLATES.get(template_name, template_name))


class Form(forms.Form):
    """A form whose sentences name the field and say what to do.

    `done` ends the summary's title: "Two things stop this from being saved". With `mark_optional` off no label says
    "(optional)", as in a form that only searches. `changed` holds both texts once somebody else has saved first.
    """

    use_required_attribute = False
    done = "saved"
    mark_optional = True
    changed: Changed | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None:
                field.label = pretty_name(name)
            say_plainly(field)

    @property
    def error_title(self) -> str:
        """How many things are wrong."""
        number = sum(len(errors) for errors in self.errors.values())
        return f"{capfirst(in_words(number))} thing{' stops' if number == 1 else 's stop'} this from being {self.done}"

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)

    def keep(self, changed: Changed) -> None:
        """Hold what was sent over what somebody else saved first, so that it can be saved with both in view."""
        data: Any = copy(self.data)
        data[self.add_prefix("revision")] = str(changed.revision)
        self.data, self.changed = data, changed


class RevisedForm(Form):
    """A form over something that somebody else may save meanwhile; `revision` is the one it was opened on."""

    revision = RevisionField()


def say_plainly(field: forms.Field) -> None:
    """Put our sentence in place of each of Django's that a person may meet."""
    messages = field.error_messages
    if messages.get("required") == DJANGO_REQUIRED:
        messages["required"] = _missing(field)
    if messages.get("invalid_choice") in DJANGO_CHOICES:
        messages["invalid_choice"] = f"That is not one of the choices for “{field.label}”. Pick one that is shown."


def _missing(field: forms.Field) -> str:
    """What to say when nothing was filled in."""
    label, widget = str(field.label), field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{label}” to go on."
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.SelectMultiple):
        return f"Nothing is ticked for “{label}”. Tick at least one."
    if isinstance(widget, forms.RadioSelect | forms.Select):
        return f"Nothing is picked for “{label}”. Pick one."
    return f"There is nothing under “{label}” yet. Write something."
