"""The kinds of item on the thread; each area registers its own in its `kinds.py`."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.utils.module_loading import import_string

STAGES = ("Listen", "Make sense", "Frame", "Act", "Learn", "Share")
LISTEN, SENSE, FRAME, ACT, LEARN, SHARE = range(6)

# for the rows of `Kind.voices`; typed, since rows of several kinds are read together
NOBODY = NO_CONVERSATION = Cast(Value(None), UUIDField())
NO_NUMBER = Cast(Value(None), BigIntegerField())


@dataclass(frozen=True)
class Voices:
    """The people behind some items: whose words they are, and how many answered in each conversation."""

    words: frozenset[UUID] = frozenset()
    answers: dict[UUID, int] = field(default_factory=dict)

    def __or__(self, other: "Voices") -> "Voices":
        most = {c: max(self.answers.get(c, 0), other.answers.get(c, 0)) for c in {*self.answers, *other.answers}}
        return Voices(self.words | other.words, most)


@dataclass(frozen=True)
class Kind:
    """One kind of item.

    `knot` says that it is drawn in the weave; `leaf` that it is a voice or a source, where a thread ends;
    `page` is the URL name of its page; `model` its table as "app.Model"; `texts` are the text or JSON columns that
    may quote somebody, as "app.Model.column:path__to__programme"; `parts` are the tables whose rows belong to one item
    and lose their words with it, as "app.Model.foreign_key"; `stays` names the text columns of the item's own row that
    hold no words, so that taking it back leaves them; `voices` is the dotted path of a function that gives
    the rows of who is behind some such items (the item, whose words it is, the conversation, how many answered);
    `only_read` that of one that gives the condition on nodes under which whoever said them allowed no use, so that
    nothing may rest on them; `forget` that of one that erases what is kept of a participant who takes their answers
    back.
    """

    key: str
    letter: str
    name: str
    plural: str
    stage: int
    page: str
    model: str
    knot: bool = False
    leaf: bool = False
    texts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    voices: str = ""
    only_read: str = ""
    forget: str = ""

    def voices_of(self, nodes: list[UUID]) -> "QuerySet[Any, tuple[UUID, UUID | None, UUID | None, int | None]]":
        """The rows of who is behind these items of this kind."""
        rows: QuerySet[Any, Any] = import_string(self.voices)(nodes)
        return rows.order_by()


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; letters and keys are used once."""
    known = KINDS.get(kind.key)
    if known is not None and known != kind:
        raise ValueError(f"Kind {kind.key} is registered twice.")
    if any(other.letter == kind.letter and other.key != kind.key for other in KINDS.values()):
        raise ValueError(f"The letter {kind.letter} of kind {kind.key} is taken.")
    KINDS[kind.key] = kind
    return kind


def kind(key: str) -> Kind:
    """The kind with this key."""
    return KINDS[key]
