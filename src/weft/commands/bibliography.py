"""Print a bibliography of the references in a file: CSL-JSON, BibTeX or RIS, in any CSL style."""

import argparse
import sys
from pathlib import Path

from weft.commands._answer import add_json, after_a_second, begin, one_sentence, write_json
from weft.exchange.references import read_references
from weft.exchange.references.citations import Bibliography, bibliography


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", metavar="FILE", type=Path, help="references as CSL-JSON, BibTeX or RIS")
    parser.add_argument(
        "--style",
        metavar="NAME|FILE.csl",
        default="author-date",
        help="author-date (default), numeric, note, or a file in the Citation Style Language",
    )
    parser.add_argument("--format", choices=("text", "html"), default="text", help="what is printed (default text)")
    parser.add_argument("--language", metavar="CODE", help="such as en-GB; by default that of the style")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Read and print, in the order of the style; what could not be kept is said on standard error."""
    with after_a_second(f"weft bibliography: working on {args.file} ..."), one_sentence():
        references = read_references(args.file)
        found = bibliography(references, args.style, locale=args.language)
    loss = (*references.loss, *found.loss)
    if args.json is None:
        sys.stdout.write(_as_html(found) if args.format == "html" else _as_text(found))
        for item in loss:
            print(f"weft bibliography: {item}", file=sys.stderr)
    else:
        parameters = {"file": str(args.file), "style": args.style, "format": args.format, "language": args.language}
        entries = [{"id": one.id, "text": one.text, "html": one.html} for one in found.entries]
        told = [{"file": one.file, "where": one.where, "kind": one.kind, "why": one.why} for one in loss]
        write_json(args.json, begin("bibliography", parameters) | {"entries": entries, "loss": told})
    return 0


def _as_text(found: Bibliography) -> str:
    return "".join(f"{entry.text}\n" for entry in found.entries)


def _as_html(found: Bibliography) -> str:
    entries = [f'  <div class="csl-entry">{entry.html}</div>\n' for entry in found.entries]
    return "".join(['<div class="csl-bib-body">\n', *entries, "</div>\n"])
