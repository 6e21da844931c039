"""Fields of items of every kind, and forms whose texts may cite."""

from collections.abc import Collection
from typing import Any

from weft.core.forms import Form, RadiosField, SelectField
from weft.people.programmes.models import Programme
from weft.provenance.models import Layer
from weft.provenance.queries import faulty_citation
from weft.provenance.visibility import Visibility

CITE_HINT = "Markdown works here. Cite with a code in double brackets, like [[F-7K3QD]]."


class VisibilityField(RadiosField):
    """Who may see an item."""

    def __init__(self) -> None:
        choices = [(Visibility.PUBLIC, "Everybody"), (Visibility.TEAM, "Only the team")]
        super().__init__(label="Who may see it?", choices=choices, initial=Visibility.PUBLIC)


class LayerField(SelectField):
    """At which layer an item stands."""

    def __init__(self) -> None:
        super().__init__(
            label="Which layer is it about?",
            choices=[("", "Neither in particular"), *Layer.choices],
            required=False,
            help_text="Strategic: policy and frameworks. Delivery: the work with people.",
        )


class CitingForm(Form):
    """A form whose texts may cite; `citing` names them, `known` are the codes that stood there before."""

    citing: tuple[str, ...] = ()

    def __init__(self, *args: Any, programme: Programme, known: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.known = programme, known

    def clean(self) -> dict[str, Any]:
        """No citation leads nowhere."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.citing:
            fault = faulty_citation(self.programme, cleaned.get(name, ""), known=self.known)
            if fault:
                self.add_error(name, fault)
        return cleaned
