"""What must be true of a bundle, written or read: nothing stands in it twice, and nothing leads nowhere."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path
from typing import Any, get_args

from weft.exchange.bundle.model import Bundle, Claim, Item, Kind, Knowledge, Layer, Passage, Verdict, Why, Word
from weft.exchange.bundle.report import canonical_text
from weft.exchange.errors import ExchangeError, shown
from weft.exchange.refi.codebook import all_codes
from weft.exchange.rows import LARGEST_TEXT_FILE, LONGEST_TEXT

LONGEST_LINE = 1_000
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]{1,900}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
LINES = frozenset(("title", "name", "publisher", "team", "reference", "made_on", "withdrawn_on", "people", "count"))


class Check:
    """One bundle held against what must be true of it; `file` is the one that errors name."""

    def __init__(self, bundle: Bundle, file: Path | str) -> None:
        self._bundle = bundle
        self._file = file
        self._items = {item.code: item for item in bundle.items}
        self._references = {reference.id for reference in bundle.references.items}
        self._teams = {team.key for team in bundle.teams}
        self._passages = Counter(passage.item for passage in bundle.passages)
        self._codes = {code.guid for code in all_codes(bundle.codebook.codes)} if bundle.codebook else set()

    def run(self) -> None:
        """Raise the first fault."""
        bundle = self._bundle
        self._edition()
        parts: tuple[Iterable[Any], ...] = (
            *(bundle.claims, bundle.items, bundle.relations, bundle.passages, bundle.teams, bundle.left_out),
        )
        for part in chain(*parts):
            self._texts(part)
        self._ids()
        for item in bundle.items:
            self._item(item)
        self._relations()
        for passage in bundle.passages:
            self._passage(passage)
        text = canonical_text(bundle.report_html)
        for claim in bundle.claims:
            self._claim(claim, text)
        for one in bundle.left_out:
            self._one_of(one.why, Why, "a reason to leave something out")
            self._people(one.count, "something left out")
            if not one.what.strip():
                raise self._fault("something was left out, but not said what.")

    def _fault(self, says: str, found: str | None = None) -> ExchangeError:
        return ExchangeError(says, file=self._file, found=found)

    def _edition(self) -> None:
        bundle = self._bundle
        for name in ("title", "description", "publisher"):
            if not getattr(bundle, name).strip():
                raise self._fault(f"must have a {name}.")
        self._texts(bundle)
        self._texts(bundle.licence)
        self._day(bundle.published_on, "the day of publication")
        for address in (bundle.licence.url, *([bundle.publisher_url] if bundle.publisher_url else [])):
            if not ADDRESS.fullmatch(address):
                raise self._fault(f"{shown(address)} is not a full address, such as https://example.org/.", address)
        if not bundle.licence.name.strip() or bundle.licence.url == bundle.publisher_url:
            raise self._fault("must name its licence, which has another address than the publisher.")
        if not FINGERPRINT.fullmatch(bundle.fingerprint):
            raise self._fault("the fingerprint must be 64 digits and small letters a to f.", bundle.fingerprint)
        if not LANGUAGE.fullmatch(bundle.language):
            raise self._fault(f"{shown(bundle.language)} is no code of a language, such as en.", bundle.language)
        if len(bundle.report_html.encode("utf-8", "replace")) > LARGEST_TEXT_FILE or "\0" in bundle.report_html:
            raise self._fault(f"report.html holds a NUL character or more than {LARGEST_TEXT_FILE} bytes.")

    def _texts(self, part: Any) -> None:
        """Texts are texts, and no longer than can be read."""
        for name, value in _texts_of(part):
            most = LONGEST_LINE if name in LINES else LONGEST_TEXT
            if name != "report_html" and (len(value) > most or "\0" in value):
                raise self._fault(f"a {name} holds a NUL character or more than {most} characters.")
            if any("\ud800" <= letter <= "\udfff" for letter in value):
                raise self._fault(f"a {name} holds something that is no character of a text.")

    def _ids(self) -> None:
        bundle = self._bundle
        for team in bundle.teams:
            if not KEY.fullmatch(team.key) or not team.name.strip():
                raise self._fault(f"{shown(team.key)} is no key of a team, or the team has no name.", team.key)
        ids = (
            [bundle.edition],
            [item.code for item in bundle.items],
            [claim.id for claim in bundle.claims],
            [f"team-{team.key}" for team in bundle.teams],
        )
        seen: set[str] = set()
        for one in chain(*ids):
            if not ID.fullmatch(one):
                raise self._fault(f"{shown(one)} is no code: it may have letters, digits, points and hyphens.", one)
            if one in seen:
                raise self._fault(f"{shown(one)} is there twice.", one)
            seen.add(one)

    def _item(self, item: Item) -> None:
        what = f"{item.kind} {item.code}"
        self._one_of(item.kind, Kind, f"the kind of {item.code}")
        self._one_of(item.knowledge, Knowledge, f"the kind of knowledge of {what}")
        self._one_of(item.layer, Layer, f"the layer of {what}")
        self._people(item.people, what)
        for day in (item.made_on, item.withdrawn_on):
            if day:
                self._day(day, f"a day of {what}")
        if item.team and item.team not in self._teams:
            raise self._fault(f"{what} is of the team {shown(item.team)}, which is not there.", item.team)
        if item.reference and item.reference not in self._references:
            says = f"{what} leads to the reference {shown(item.reference)}, which is not there."
            raise self._fault(says, item.reference)
        left = (item.title, item.text, item.knowledge, item.layer, item.reference)
        if item.withdrawn_on and (any(left) or item.people is not None):
            raise self._fault(f"{what} was withdrawn, so that only its code, team and day may be left.")
        if not item.withdrawn_on and not item.title.strip():
            raise self._fault(f"{what} has no title.")

    def _relations(self) -> None:
        withdrawn = {item.code for item in self._bundle.items if item.withdrawn_on}
        seen: set[tuple[str, str, str]] = set()
        came_of: dict[str, set[str]] = {}
        for one in self._bundle.relations:
            self._one_of(one.word, Word, "a relation")
            self._is_there(one.source, "a relation")
            self._is_there(one.target, "a relation")
            if (one.source, one.target, one.word) in seen:
                raise self._fault(f"the relation {one.source} {one.word} {one.target} is there twice.")
            if one.note and not withdrawn.isdisjoint((one.source, one.target)):
                raise self._fault(f"a note speaks of {one.source} or {one.target}, which was withdrawn.", one.note)
            seen.add((one.source, one.target, one.word))
            came_of.setdefault(one.target, set()).add(one.source)
        try:
            TopologicalSorter(came_of).prepare()
        except CycleError as error:
            says = f"{shown(error.args[1][0])} came of itself, by way of what came of it."
            raise self._fault(says, error.args[1][0]) from None

    def _passage(self, one: Passage) -> None:
        for code in (one.item, one.source):
            self._is_there(code, "a passage")
        item, source = self._items[one.item], self._items[one.source]
        if item.kind != "excerpt" or item.withdrawn_on or source.withdrawn_on:
            raise self._fault(f"{one.item} is no excerpt that stands, so it can have no passage.", one.item)
        if self._passages[one.item] > 1:
            raise self._fault(f"the passage of {one.item} is there twice.", one.item)
        if one.end - one.start != len(one.exact) or one.start < 0 or not one.exact:
            raise self._fault(f"the passage of {one.item} has {len(one.exact)} characters, not those of its places.")
        if source.text and _words(source.text, one) != (one.exact, one.prefix, one.suffix):
            raise self._fault(f"the words of {one.item} do not stand at that place of {one.source}.", one.exact)
        for code in one.codes:
            if code not in self._codes:
                raise self._fault(f"{one.item} was given the code {shown(code)}, which is not there.", code)

    def _claim(self, claim: Claim, text: str) -> None:
        for code in (*claim.rests_on, *claim.against):
            self._is_there(code, claim.id)
        for codes in (claim.rests_on, claim.against):
            if len(set(codes)) != len(codes):
                raise self._fault(f"{claim.id} names an item twice.")
        self._one_of(claim.verdict, Verdict, f"the verdict on {claim.id}")
        if not 0 <= claim.start < claim.end <= len(text) or claim.end - claim.start > LONGEST_TEXT:
            says = f"{claim.id} stands at {claim.start} to {claim.end}, but the report has {len(text)} characters."
            raise self._fault(says)

    def _is_there(self, code: str, what: str) -> None:
        if code not in self._items:
            raise self._fault(f"{what} leads to {shown(code)}, which is not there.", code)

    def _one_of(self, value: str, words: Any, what: str) -> None:
        if value not in get_args(words):
            raise self._fault(f"{what} cannot be {shown(value)}.", value)

    def _people(self, people: object, what: str) -> None:
        if people is not None and (isinstance(people, bool) or not isinstance(people, int | str) or people == ""):
            raise self._fault(f"the count of people of {what} must be a number or words.")
        if isinstance(people, int) and not 0 <= people < 10**15:
            raise self._fault(f"the count of people of {what} must be a whole number.")

    def _day(self, day: str, what: str) -> None:
        try:
            if not (day.isascii() and len(day) == 10 and datetime.date.fromisoformat(day)):
                raise ValueError(day)
        except ValueError:
            raise self._fault(f"{what} must be a day, such as 2026-11-24, got {shown(day)}.", day) from None


def _texts_of(part: Any) -> Iterator[tuple[str, str]]:
    for one in fields(part) if is_dataclass(part) else ():
        value = getattr(part, one.name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                yield one.name, text


def _words(text: str, one: Passage) -> tuple[str, str, str]:
    before = text[max(one.start - len(one.prefix), 0) : one.start]
    return text[one.start : one.end], before, text[one.end : one.end + len(one.suffix)]
