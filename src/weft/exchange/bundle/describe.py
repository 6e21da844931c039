"""A bundle in a few rows, for somebody who wants to know what it is before they open it."""

from collections import Counter

from weft.exchange.bundle.model import Bundle
from weft.exchange.bundle.report import check_report
from weft.exchange.errors import ExchangeError
from weft.exchange.refi.codebook import all_codes


def describe(bundle: Bundle) -> tuple[tuple[str, str], ...]:
    """Rows of a label and a value."""
    kinds = Counter(item.kind for item in bundle.items)
    rows = [
        ("title", bundle.title),
        ("edition", bundle.edition),
        ("published", f"{bundle.published_on} by {bundle.publisher}"),
        ("report", _report(bundle.report_html)),
        ("licence", f"{bundle.licence.name}, {bundle.licence.url}"),
        ("claims", str(len(bundle.claims))),
        ("claims without evidence", str(sum(not (claim.rests_on or claim.against) for claim in bundle.claims))),
        ("items", ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "0"),
        ("taken back", str(sum(bool(item.withdrawn_on) for item in bundle.items))),
        ("relations", str(len(bundle.relations))),
        ("passages", str(len(bundle.passages))),
        ("references", str(len(bundle.references.items))),
        ("codes", str(sum(1 for _ in all_codes(bundle.codebook.codes)) if bundle.codebook else 0)),
        ("tables", ", ".join(one.name for one in bundle.tables) or "0"),
        ("left out", str(len(bundle.left_out))),
    ]
    return tuple(rows)


def _report(html: str) -> str:
    try:
        check_report(html, "it")
    except ExchangeError as error:
        return f"a page that should not be opened: {error}"
    return "a page that stands alone"
