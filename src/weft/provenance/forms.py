"""Fields of items of every kind, and forms whose texts may cite."""

import re
from collections.abc import Collection, Sequence
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from django.forms.utils import ErrorDict

from weft.core.columns import Named, asked_of, citing_of
from weft.core.errors import Changed
from weft.core.forms import (
    Form,
    KeyField,
    NumberField,
    RadiosField,
    RevisionField,
    SelectField,
    TicksField,
    say_plainly,
)
from weft.core.standing import Standing
from weft.people.programmes.models import Programme, Team
from weft.provenance.items import OF_NODE, Origin, Ties
from weft.provenance.models import Item, Layer, Node, Relation
from weft.provenance.queries import Numbered, Offer, cited_now, faulty_citation, numbered, to_name, to_tie
from weft.provenance.registry import NOUNS, Noun, serving
from weft.provenance.visibility import Visibility

A_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOBODY = Standing()
V = TypeVar("V", bound=Numbered)
OF_PROGRAMME = [(Visibility.PUBLIC, "Everybody"), (Visibility.PROGRAMME, "Only who belongs to the programme")]


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
    """What an item rests on: what is tied, the newest of one's own team, and other things where they are looked for.

    Each is called by its kind and title, or by its title alone where they are all of one kind. `before` are the keys of
    what was tied when the page was opened.
    """

    def __init__(
        self, *, label: str = "What does it rest on?", required: bool = False, says_kind: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(label=label, choices=[], required=required, **kwargs)
        self.template_name = "provenance/sources_field.html"
        self.says_kind = says_kind
        self.words = self.hint = self.before = ""

    def offer(self, offer: Offer) -> dict[str, Node]:
        """Let each of these be ticked, once, under its heading. What can be ticked, by its value."""
        shown: dict[str, Node] = {}
        groups: dict[str, list[tuple[str, str]]] = {}
        for heading, nodes in offer.groups.items():
            new = {str(node.pk): node for node in nodes if str(node.pk) not in shown}
            if new:
                groups[heading] = [(key, self._called(node)) for key, node in new.items()]
            shown |= new
        has_headings = len(groups) > 1 or self.words
        self.choices = [*groups.items()] if has_headings else [one for some in groups.values() for one in some]
        self.widget.hints = {str(node.pk): said for node, said in offer.about.items()}
        self.hint = offer.hint if offer.is_any else ""
        return shown

    def _called(self, node: Node) -> str:
        title = node.title or node.code
        return f"{node.about.name}: {title}" if self.says_kind else title


class TyingForm(CitingForm):
    """A form that asks what its item rests on. To look for more saves nothing and loses nothing that was typed."""

    noun: ClassVar[Noun]
    is_looking = False

    def ask_ties(self, of: Team | Programme, row: Item | None, here: Standing) -> None:
        """Offer what an item can rest on. Where there is nothing the field says so, or is left out."""
        field = self._field
        words = field.words = " ".join(self._sent("words").replace("\0", " ").split())[:200]
        self.is_looking = self.is_bound and ("look" in self.data or words != self._sent("looked"))
        self.offer = to_tie(self.noun, of, row, here, words, self._ticked())
        self.offered = field.offer(self.offer)
        field.required = field.required and not self.offer.tied.is_more
        now = [str(node.pk) for node in self.offer.tied.now]
        field.before = self._sent("before") if self.is_bound else " ".join(now)
        self.initial.setdefault("sources", now)
        if self.noun.rests_by == Relation.SUPPORTS:
            field.help_text = (
                f"What you add here speaks for it. Add what speaks against it on the {self.noun.said}’s page."
            )
        if not self.offered and not self.offer.is_any:
            if "sources" in self.base_fields:
                field.help_text = _nothing(self.noun)
            else:
                del self.fields["sources"]

    @property
    def _field(self) -> SourcesField:
        return cast(SourcesField, self.fields["sources"])

    def _sent(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(f"sources_{name}"), ""))

    def _ticked(self) -> list[str]:
        """The keys of what was ticked, as far as they are keys at all."""
        sent = self._field.widget.value_from_datadict(self.data, self.files, self.add_prefix("sources"))
        return [key for key in sent or [] if A_KEY.fullmatch(key)]

    def full_clean(self) -> None:
        """Nothing is wrong yet while somebody is looking."""
        super().full_clean()
        if self.is_looking:
            self._errors = ErrorDict()

    def is_valid(self) -> bool:
        """Nothing is saved while somebody is looking."""
        return not self.is_looking and super().is_valid()

    def keep(self, changed: Changed) -> None:
        """What somebody else tied meanwhile is ticked too, and shown with both texts."""
        super().keep(changed)
        if "sources" in self.fields:
            now = [str(node.pk) for node in self.offer.tied.now]
            known = {*self._field.before.split(), *self._ticked()}
            data: Any = self.data
            data.setlist(self.add_prefix("sources"), [*self._ticked(), *(key for key in now if key not in known)])
            self._field.before = " ".join(now)

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = super().facts()
        if "sources" in said:
            ticked = tuple(self.offered[key] for key in said.pop("sources"))
            before = frozenset(UUID(key) for key in self._field.before.split() if A_KEY.fullmatch(key))
            said["ties"] = Ties(ticked, before, self.offer.tied)
        return said


def _nothing(noun: Noun) -> str:
    """What to do where nothing can be ticked."""
    *others, last = [NOUNS[key].said_of_many for key in serving(noun.rests_on)] if noun.rests_on else [""]
    return f"It can rest on {', '.join(others)}{' or ' if others else ''}{last}. There are none yet: make one first."


class ItemForm(TyingForm):
    """The form of one noun, new or over what is saved: what its class declares, then what the columns of its table ask.

    A declared field stands for the column of its name. With `row` the form opens filled and carries the revision, else
    it carries a key; what stands in `only_new` is not asked again. What it rests on is always asked again, and of a new
    item where its class declares `sources`; `here` is who asks.
    """

    only_new: ClassVar[tuple[str, ...]] = ("layer", "visibility")

    def __init__(
        self,
        *args: Any,
        of: Team | Programme,
        row: Item | None = None,
        here: Standing = NOBODY,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, programme=of.programme, known=cited_now(row.node) if row else (), **kwargs)
        self.citing = citing_of(self.noun.model)
        self.named: dict[str, dict[str, Any]] = {}
        for name, column in asked_of(self.noun.model).items():
            if name not in self.fields:
                self.fields[name] = column.formfield()
            if isinstance(column, Named):
                self._name(name, column, of, row)
        if of.team is None and "visibility" in self.fields:
            self.fields["visibility"].choices = OF_PROGRAMME
        if row:
            self._open(row)
            self.fields.setdefault("sources", SourcesField())
        else:
            self.fields["key"] = KeyField()
        if "sources" in self.fields:
            self.ask_ties(of, row, here)
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

    def _open(self, row: Item) -> None:
        """Fill the form with what is saved."""
        for name in self.only_new:
            self.fields.pop(name, None)
        self.fields["revision"] = RevisionField()
        for name in self.fields.keys() - {"sources"}:
            value = getattr(row.node if name in OF_NODE else row, name)
            self.initial.setdefault(name, str(value.pk if value else "") if name in self.named else value)

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = super().facts()
        for name in self.named.keys() & said.keys():
            said[name] = self.named[name].get(said[name])
        if "key" in said:
            said["origin"] = Origin(key=said.pop("key"))
        return said


class CompareForm(Form):
    """Two versions to read against each other."""

    mark_optional = False
    before = NumberField(lowest=1, required=False)
    after = NumberField(lowest=1, required=False)

    def pair(self, versions: Sequence[V]) -> tuple[V, V]:
        """The two that were chosen of these, the newest first; the last two where none were."""
        chosen = self.cleaned_data if self.is_valid() else {}
        after = numbered(versions, chosen.get("after") or versions[0].number)
        return numbered(versions, chosen.get("before") or max(after.number - 1, 1)), after


def _called(row: Any) -> str:
    """What a row is called where it can be picked."""
    if not isinstance(row, Item):
        return str(row.name)
    return row.node.title or f"{row.node.code}, which was taken back"
