"""A reference as CSL-JSON 1.0 knows it: texts, names and dates by variable."""

from dataclasses import dataclass, field

from weft.exchange.loss import LossReport

TYPE_WORDS = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
"""
NAME_WORDS = """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author
    performer producer recipient reviewed-author script-writer series-creator translator
"""
DATE_VARIABLES = frozenset(
    ("accessed", "container", "available-date", "event-date", "issued", "original-date", "submitted")
)
TEXT_WORDS = """
    abstract annote archive archive-place archive_collection archive_location authority call-number chapter-number
    citation-key citation-label citation-number collection-number collection-title container-title
    container-title-short dimensions division DOI edition event event-place event-title first-reference-note-number
    genre ISAN ISBN ISCI ISMN ISRC ISSN ISWC issue journalAbbreviation jurisdiction keyword
    language locator medium note number number-of-pages
    number-of-volumes original-publisher original-publisher-place original-title page page-first part part-title PMCID
    PMID printing publisher publisher-place references reviewed-genre reviewed-title scale section shortTitle source
    status supplement title title-short translated-title
    translated-title-short URL version volume volume-title year-suffix
"""

TYPES = frozenset(TYPE_WORDS.split())
NAME_VARIABLES = frozenset(NAME_WORDS.split())
TEXT_VARIABLES = frozenset(TEXT_WORDS.split())


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or with `literal` alone an organisation."""

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Date:
    """A year, a month or a day, or a span up to `until`; `literal` is what is no such date."""

    parts: tuple[int, ...] = ()
    until: tuple[int, ...] = ()
    season: str = ""
    is_circa: bool = False
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One work. Texts that CSL counts as numbers (`volume`, `page`) are texts here too."""

    id: str
    type: str
    texts: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: dict[str, Date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class References:
    """The works of one file, in its order."""

    items: tuple[Reference, ...]
    loss: LossReport = field(default=(), compare=False)
