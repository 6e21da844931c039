"""`README.txt`: the bundle in plain words, for whoever opens the zip and has never heard of its formats."""

from collections.abc import Iterable, Mapping

from weft.exchange.bundle.files import FILES, TABLES, table_path
from weft.exchange.bundle.model import Bundle, Count, LeftOut

WHY = {
    "consent": "the people it comes from did not agree to it",
    "disclosure": "the number is so small that it could give somebody away",
    "withdrawn": "it was taken back",
    "rights": "it belongs to others",
}
HOW = """\
How to check a claim

1. Open report.html in any browser. It needs nothing else and asks nothing of the internet.
2. Open claims.jsonld in any editor. Every claim has the words of its sentence ("exact"), their place in the text of the
   page ("start" and "end", counted in characters), and the codes of what it rests on ("citesAsEvidence") and of what
   speaks against it ("isDisagreedWithBy").
3. Look each code up among the "items" of the same file, and what it came of among the "relations", as far down as you
   like.
4. ro-crate-metadata.json gives the size and the SHA-256 of every file. If they fit, nothing was changed since.

Nobody is named here, except as the author of a published work. Where people are counted, the count stands as it was
published: words such as "fewer than 10 people" stand in place of a number that could give somebody away. Something that
was taken back keeps its code and the day; its words are gone.
"""
TABLES_HOW = """\
The tables open in any spreadsheet. An apostrophe before a text that begins like a formula keeps the spreadsheet from
running it. datapackage.json says what each column means."""


def readme(bundle: Bundle, files: Iterable[str]) -> str:
    """The text of the file."""
    taken_back = sum(bool(item.withdrawn_on) for item in bundle.items)
    parts = [
        _line(bundle.title),
        _line(bundle.description),
        "\n".join(
            (
                f"Published on {bundle.published_on} by {_line(bundle.publisher)}.",
                f"Edition {bundle.edition}. Fingerprint of the edition as published:",
                bundle.fingerprint,
                f"You may use it under: {_line(bundle.licence.name)}, {bundle.licence.url}",
            )
        ),
        f"It makes {_many(len(bundle.claims), 'claim')}, resting on {_many(len(bundle.items), 'item')}"
        + (f". Taken back since: {taken_back}." if taken_back else "."),
        "What is in this bundle\n\n" + "\n".join(_files(bundle, files)),
        HOW.rstrip("\n"),
        *([TABLES_HOW] if bundle.tables else []),
        "What was left out, and why\n\n" + ("\n".join(map(_left_out, bundle.left_out)) or "Nothing."),
    ]
    return "\n\n".join(parts) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _many(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def _files(bundle: Bundle, files: Iterable[str]) -> Iterable[str]:
    titles: Mapping[str, str] = {table_path(one.name): _line(one.title) for one in bundle.tables}
    for name in files:
        yield f"{name}: {titles[name] if name.startswith(TABLES) else FILES[name].description}"


def _left_out(one: LeftOut) -> str:
    return f"- {_line(one.what)}{_counted(one.count)}: {WHY[one.why]}."


def _counted(count: Count) -> str:
    return "" if count is None else f" ({count})"
