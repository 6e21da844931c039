"""The nouns on the thread: each area declares its own in its `nouns.py`, and what holds for all of them reads it here.

The registry is filled when the site starts, in the order of the rooms, after all models are known: nothing may ask it
while modules are still being imported.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Flag, StrEnum, auto
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, Model, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from weft.core.columns import citing_of, words_of
from weft.core.jobs import Job
from weft.people.accounts.models import Contributor

STAGES = ("Listen", "Make sense", "Frame", "Act", "Learn", "Share")
STAGE_KEYS = ("listen", "sense", "frame", "act", "learn", "share")  # in addresses
LISTEN, SENSE, FRAME, ACT, LEARN, SHARE = range(6)

# for the rows of `Noun.voices`; typed, since rows of several nouns are read together
NOBODY = NO_CONVERSATION = Cast(Value(None), UUIDField())
NO_NUMBER = Cast(Value(None), BigIntegerField())

VoiceRows = QuerySet[Any, tuple[UUID, UUID | None, UUID | None, int | None]]


class Use(StrEnum):
    """What an item may serve as; whatever rests on others says which use it makes of them."""

    VOICE = auto()  # gathered in a theme
    EVIDENCE = auto()  # speaks for a finding or against it
    CASE = auto()  # speaks for an insight or against it
    GROUND = auto()  # what an ask or a recommendation rests on
    LESSON = auto()  # what a recommendation must rest on
    PROBLEM = auto()  # what a project addresses
    ASKED = auto()  # put to somebody, who can answer it
    TEXT = auto()  # passages are taken from it


class Shown(Flag):
    """Where the newest items of a noun are listed."""

    NOWHERE = 0
    TEAM_PAGE = auto()
    PROGRAMME_PAGE = auto()


@dataclass(frozen=True)
class Voices:
    """The people behind some items: whose words they are, and how many answered in each conversation."""

    words: frozenset[UUID] = frozenset()
    answers: dict[UUID, int] = field(default_factory=dict)

    def __or__(self, other: "Voices") -> "Voices":
        most = {c: max(self.answers.get(c, 0), other.answers.get(c, 0)) for c in {*self.answers, *other.answers}}
        return Voices(self.words | other.words, most)


@dataclass(frozen=True)
class Reply:
    """What somebody who was asked has answered, and what a contributor said of whether that answered them, if anything.

    `who` and `what` are words in a sentence; `line` is one line of the answer, as it was given.
    """

    who: str
    what: str
    line: str
    on: date
    verdict: str = ""


class Passage(NamedTuple):
    """The columns of an item that is a passage: its words, which a citation of it shows, and what it is taken from."""

    words: str
    of: str


@dataclass(frozen=True)
class Contributed:
    """What contributors say themselves: the rows `by` one of them, taken back or not, and the `words` of a row, each
    with its item. `take_back` takes several rows back at once.
    """

    by: Callable[[Contributor], QuerySet[Any]]
    words: Callable[[Any], list[tuple[Any, str]]]
    take_back: Callable[..., Any]


@dataclass(frozen=True)
class Noun:
    """One noun: what is true of every item of its kind.

    `of_programme` says that one may be made for the whole programme, and for no team; `is_knot` that it is drawn in the
    weave; `is_leaf` that it is a voice or a source, where a thread ends. `parts` are tables of which an item has
    several rows of its own: their texts go with it. `stays` names the text columns of its row that hold no words, so
    that taking it back leaves them. `rests_on` is the use that it makes of others, `serves` what it may serve as.

    `called` is what people say for it where that is not its name, and `leaves` a sentence on what stays when one is
    taken back. `make`, `edit` and `take_back` are the named actions. `voices` gives the rows of who is behind some
    items (the item, whose words it is, the conversation, how many answered); `only_read` the condition on nodes under
    which whoever said them allowed no use, so that nothing may rest on them. `contributed` says how what a contributor
    said is found and taken back; `forget` erases what was worked out of the answers that they take back, and `erase`
    what else they said of some items, once they take everything back. `replies` reads some items as answers, for a
    contributor. `passage` says that a citation of one shows its words; `follow_text` lets passages follow when the text
    that they were taken from reads otherwise.
    """

    model: type[Model]
    prefix: str
    key: str
    name: str
    plural: str
    stage: int
    called: str = ""
    leaves: str = ""
    is_knot: bool = False
    is_leaf: bool = False
    of_programme: bool = False
    rests_by: str = "informs"
    rests_on: Use | None = None
    serves: frozenset[Use] = frozenset()
    shown: Shown = Shown.NOWHERE
    parts: tuple[type[Model], ...] = ()
    stays: tuple[str, ...] = ()
    make: Callable[..., Any] | None = None
    edit: Callable[..., Any] | None = None
    take_back: Callable[..., Any] | None = None
    voices: Callable[[list[UUID]], VoiceRows] | None = None
    only_read: Callable[[], Q] | None = None
    contributed: Contributed | None = None
    sealed: Callable[..., object] | None = None
    passage: Passage | None = None
    follow_text: Callable[..., object] | None = None
    forget: Callable[..., object] | None = None
    erase: Callable[..., object] | None = None
    replies: Callable[[list[UUID], Contributor], dict[UUID, Reply]] | None = None

    @property
    def page(self) -> str:
        """The name of the address of its page."""
        return f"{self.model._meta.app_label}:{self.key}"

    @property
    def said(self) -> str:
        """What people call it in the middle of a sentence."""
        return self.called or self.name.lower()

    @property
    def said_of_many(self) -> str:
        """What people call several of them."""
        return f"{self.called}s" if self.called else self.plural

    @property
    def keeps_earlier(self) -> bool:
        """Whether what one said before it was changed is kept by `items.edit`."""
        return self.edit is not None and hasattr(self.model, "revision")

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The columns of its table in which somebody's words stand."""
        return tuple(words_of(self.model))

    @cached_property
    def citing_of_parts(self) -> tuple[tuple[type[Model], str, str], ...]:
        """The columns of its parts whose codes are ties: the table, the column, and the one that leads to the row."""
        return tuple((part, column, way_to(part, self.model)) for part in self.parts for column in citing_of(part))

    @cached_property
    def words_of_parts(self) -> tuple[tuple[type[Model], str, str], ...]:
        """The columns of its parts in which somebody's words stand, in the same way."""
        return tuple((part, column, way_to(part, self.model)) for part in self.parts for column in words_of(part))


@dataclass(frozen=True)
class Tab:
    """What an area shows on the tab of its stage in a team's workspace: its template, and what that and the jobs read.

    `place` is its place among the areas of the stage; those of the same place stand in the order of the rooms.
    """

    stage: int
    template: str
    workspace: Callable[[Any], Any]
    jobs: Callable[[Any], list[Job]]
    place: int = 0


@dataclass(frozen=True)
class Draft:
    """Tables in which a text is written that is no item yet, and the codes that it cites in a programme."""

    tables: tuple[type[Model], ...]
    cites: Callable[[Any], set[str]]


NOUNS: dict[str, Noun] = {}
DRAFTS: list[Draft] = []
TABS: list[Tab] = []
BY_TABLE: dict[type[Model], Noun] = {}


def noun(
    model: type[Model],
    *,
    prefix: str,
    stage: int,
    key: str = "",
    name: str = "",
    plural: str = "",
    serves: Iterable[Use] = (),
    **more: Any,
) -> Noun:
    """Declare a noun. What it is called follows from its table where nothing else is said."""
    key = key or str(model._meta.model_name)
    name = name or model.__name__
    made = Noun(
        model=model,
        prefix=prefix,
        key=key,
        name=name,
        plural=plural or str(model._meta.verbose_name_plural),
        stage=stage,
        serves=frozenset(serves),
        **more,
    )
    if any(other.prefix == prefix and other.key != key for other in NOUNS.values()):
        raise ValueError(f"The prefix {prefix} of {key} is taken.")
    NOUNS[key] = BY_TABLE[model] = made
    return made


def tab(
    stage: int, template: str, workspace: Callable[[Any], Any], jobs: Callable[[Any], list[Job]], place: int = 0
) -> None:
    """Declare what an area shows on the tab of a stage."""
    TABS.append(Tab(stage, template, workspace, jobs, place))


def draft(*tables: type[Model], cites: Callable[[Any], set[str]]) -> None:
    """Declare where a text is written that comes of what it cites, though it is no item."""
    DRAFTS.append(Draft(tables, cites))


def tabs_of(stage: int) -> list[Tab]:
    """What the areas of a stage show on its tab, in their order."""
    return sorted((one for one in TABS if one.stage == stage), key=lambda one: one.place)


def noun_of(model: type[Model]) -> Noun:
    """The noun whose table this is."""
    return BY_TABLE[model]


def serving(use: Use) -> tuple[str, ...]:
    """The nouns that may serve as something."""
    return tuple(one.key for one in NOUNS.values() if use in one.serves)


def spoken() -> tuple[str, ...]:
    """The nouns that are what somebody said in a conversation, in their own words."""
    return tuple(one.key for one in NOUNS.values() if one.is_leaf and one.voices)


def ways_to_passages() -> list[str]:
    """The ways from a node to the row of what its citation shows, and to what that is taken from."""
    return [f"{row_way(one.model)}__{one.passage.of}" for one in NOUNS.values() if one.passage]


def row_way(model: type[Model]) -> str:
    """The way from a node to its row in the table of a noun."""
    relation: Any = model._meta.get_field("node").remote_field
    way: str = relation.get_accessor_name()
    return way


def shown_on(page: Shown) -> tuple[str, ...]:
    """The nouns whose newest items stand on a page."""
    return tuple(one.key for one in NOUNS.values() if page in one.shown)


def way_to(part: type[Model], whole: type[Model]) -> str:
    """The column by which a row of one table belongs to a row of another."""
    return next(f.name for f in part._meta.concrete_fields if f.is_relation and f.related_model is whole)
