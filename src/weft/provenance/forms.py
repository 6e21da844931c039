"""Forms whose texts may cite."""

from typing import Any

from weft.core.forms import Form
from weft.people.programmes.models import Programme
from weft.provenance.queries import faulty_citation

CITE_HINT = "Markdown works here. Cite with a code in double brackets, like [[F-7K3QD]]."


class CitingForm(Form):
    """A form whose texts may cite; `citing` names them."""

    citing: tuple[str, ...] = ()

    def __init__(self, *args: Any, programme: Programme, known: Any = (), **kwargs: Any) -> None:
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
