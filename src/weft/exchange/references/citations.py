"""Citations and bibliographies in any CSL style, as plain text and as safe HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.references.citation_markup import Formatter, as_html, as_text, marked
from weft.exchange.references.citation_source import Source, counted, key_of
from weft.exchange.references.citation_style import load_style, unusable
from weft.exchange.references.model import References

LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?")
LABEL_WORDS = """
    book chapter column figure folio issue line note opus page paragraph part section sub-verbo verse volume
"""
LABELS = frozenset(LABEL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Cite:
    """One reference within a citation; prefix and suffix bring their own spaces."""

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A citation, or the entry of the reference `id`."""

    text: str
    html: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """Entries in the order of the style, and the citations as they were asked for."""

    entries: tuple[Rendered, ...]
    citations: tuple[Rendered, ...]
    loss: LossReport = field(default=(), compare=False)


def bibliography(
    references: References,
    style: str | Path = "author-date",
    clusters: Sequence[Sequence[Cite]] = (),
    locale: str | None = None,
) -> Bibliography:
    """Render every reference, cited or not; each cluster is one citation, in the order of the text.

    A style is `author-date`, `numeric`, `note`, or a `.csl` file. What it cannot show is in the loss report.
    """
    if locale is not None and not LOCALE.fullmatch(locale):
        raise ExchangeError(f"{shown(locale)} is no language such as en-GB.", file=str(style), found=locale)
    loaded = load_style(style, locale)
    page = _Page(references, loaded, str(style))
    citations = [page.register(cluster) for cluster in clusters]
    page.finish()
    cited = tuple(page.cite(citation) for citation in citations)
    entries = page.entries()
    return Bibliography(entries, cited, page.loss())


class _Page:
    """One style at work on the references; every failure of the processor is met here."""

    def __init__(self, references: References, style: CitationStylesStyle, name: str) -> None:
        self._name = name
        self._style = style
        self._ids = [reference.id for reference in references.items]
        self._keys = {key: key_of(number) for number, key in enumerate(self._ids)}
        self._missing: list[str] = []
        try:
            self._source = Source(references.items)
            self._page = CitationStylesBibliography(style, self._source.known, Formatter())
        except Exception as error:
            raise unusable(name, error) from None

    def register(self, cluster: Sequence[Cite]) -> Citation:
        """Take a citation in; numbers are given in this order."""
        if not cluster:
            raise ExchangeError("a citation must cite something.", file=self._name)
        citation = Citation([self._item(cite) for cite in cluster])
        self._page.register(citation)
        return citation

    def _item(self, cite: Cite) -> CitationItem:
        key = self._keys.get(cite.id)
        if key is None:
            raise ExchangeError(f"there is no reference {shown(cite.id)}.", file=self._name, found=cite.id)
        if cite.label not in LABELS:
            says = f"a locator cannot be a {shown(cite.label)}."
            raise ExchangeError(says, file=self._name, found=cite.label, expected="page, chapter, section ...")
        more = {"prefix": marked(cite.prefix), "suffix": marked(cite.suffix)}
        if cite.locator:
            return CitationItem(key, locator=Locator(cite.label, counted(marked(cite.locator))), **more)
        return CitationItem(key, **more)

    def finish(self) -> None:
        """Take in what no citation cites, and put all in the order of the style."""
        for key in self._keys.values():
            self._page.register(Citation([CitationItem(key)]))
        if self._style.has_bibliography():
            try:
                self._page.sort()
            except Exception as error:
                raise unusable(self._name, error) from None

    def cite(self, citation: Citation) -> Rendered:
        """One citation."""
        try:
            found = str(self._page.cite(citation, lambda item: None))
        except Exception as error:
            raise unusable(self._name, error) from None
        return Rendered(as_text(found), as_html(found))

    def entries(self) -> tuple[Rendered, ...]:
        """The bibliography; a style for notes alone may have none."""
        if not self._style.has_bibliography():
            return ()
        name_of = {key: name for name, key in self._keys.items()}
        entries, failure = [], None
        for item in self._page.items:
            try:
                found = "".join(map(str, self._style.render_bibliography([item])))
            except Exception as error:
                found, failure = "", error
            if as_text(found).strip(" .,;:[]()0123456789"):
                entries.append(Rendered(as_text(found), as_html(found), name_of[item.key]))
            else:
                self._missing.append(name_of[item.key])
        if failure and not entries:
            raise unusable(self._name, failure)
        return tuple(entries)

    def loss(self) -> LossReport:
        """What the style did not show, or not as it was."""
        missing = [
            LossItem(self._name, f"reference {shown(name)}", "left out", "The style has nothing to show of it.")
            for name in self._missing
        ]
        dates = [
            LossItem(
                self._name, f"reference {shown(name)}, {variable}", "changed", "Styles cannot say all of the date."
            )
            for name, variable in self._source.left_out
        ]
        return (*missing, *dates)
