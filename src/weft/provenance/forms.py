"""Fields of items of every kind, and forms whose texts may cite."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from weft.core.columns import Named, asked_of, citing_of
from weft.core.forms import Form, KeyField, RadiosField, RevisionField, SelectField, TicksField, say_plainly
from weft.people.programmes.models import Programme, Team
from weft.provenance.items import OF_NODE, Origin
from weft.provenance.models import Item, Layer, Node
from weft.provenance.queries import cited_now, faulty_citation, to_name
from weft.provenance.registry import Noun
from weft.provenance.visibility import Visibility


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

    citing: Collection[str] = ()

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


class SourcesField(TicksField):
    """What a new item rests on, among what is offered; left out where nothing is, unless there must be something.

    Each is called by its kind and title, or by its title alone where they are all of one kind.
    """

    def __init__(
        self, *, label: str = "What does it rest on?", required: bool = False, says_kind: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(label=label, choices=[], required=required, **kwargs)
        self.says_kind = says_kind

    def offer(self, nodes: Mapping[str, Node]) -> None:
        """Let some of these be ticked."""
        kinds = {key: f"{node.about.name}: " if self.says_kind else "" for key, node in nodes.items()}
        self.choices = [(key, f"{kinds[key]}{node.title}") for key, node in nodes.items()]


class ItemForm(CitingForm):
    """The form of one noun, new or over what is saved: what its class declares, then what the columns of its table ask.

    A declared field stands for the column of its name. With `row` the form opens filled and carries the revision, else
    it carries a key; what stands in `only_new` is not asked again. `offered` is what a new item can rest on.
    """

    noun: ClassVar[Noun]
    only_new: ClassVar[tuple[str, ...]] = ("layer", "visibility", "sources")

    def __init__(
        self,
        *args: Any,
        of: Team | Programme,
        row: Item | None = None,
        offered: Iterable[Node] = (),
        **kwargs: Any,
    ) -> None:
        programme = of if isinstance(of, Programme) else of.programme
        super().__init__(*args, programme=programme, known=cited_now(row.node) if row else (), **kwargs)
        self.citing = citing_of(self.noun.model)
        self.named: dict[str, dict[str, Any]] = {}
        for name, column in asked_of(self.noun.model).items():
            if name not in self.fields:
                self.fields[name] = column.formfield()
            if isinstance(column, Named):
                self._name(name, column, of, row)
        self._offer(list(offered))
        if row:
            self._open(row)
        else:
            self.fields["key"] = KeyField()
        self.order_fields(self.field_order)
        for field in self.fields.values():
            say_plainly(field)

    def _name(self, name: str, column: Named[Any, Any], of: Team | Programme, row: Item | None) -> None:
        """Offer the rows that a column can name; where there are none it is not asked, unless there must be one.

        What it names now stays, even if nothing new could name that any more.
        """
        rows = self.named[name] = {str(one.pk): one for one in to_name(column, of)}
        if now := getattr(row, name, None):
            rows.setdefault(str(now.pk), now)
        choices = [(key, _called(one)) for key, one in rows.items()]
        if not rows and column.blank:
            del self.fields[name]
        else:
            self.fields[name].choices = [*([("", column.nothing)] if column.blank else []), *choices]

    def _offer(self, nodes: list[Node]) -> None:
        """Let a new item rest on some of these."""
        self.offered = {str(node.pk): node for node in nodes}
        field = self.fields.get("sources")
        if field is not None and (nodes or field.required):
            field.offer(self.offered)
        elif field is not None:
            del self.fields["sources"]

    def _open(self, row: Item) -> None:
        """Fill the form with what is saved."""
        for name in self.only_new:
            self.fields.pop(name, None)
        self.fields["revision"] = RevisionField()
        for name in self.fields:
            value = getattr(row.node if name in OF_NODE else row, name)
            self.initial.setdefault(name, str(value.pk if value else "") if name in self.named else value)

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = dict(self.cleaned_data)
        for name in self.named.keys() & said.keys():
            said[name] = self.named[name].get(said[name])
        if "sources" in said:
            said["sources"] = [self.offered[key] for key in said["sources"]]
        if "key" in said:
            said["origin"] = Origin(key=said.pop("key"))
        return said


def _called(row: Any) -> str:
    """What a row is called where it can be picked."""
    if not isinstance(row, Item):
        return str(row.name)
    return row.node.title or f"{row.node.code}, which was taken back"
