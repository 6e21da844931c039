"""Other programs read the REFI-QDA projects that Weft writes: `python bench/exchange/outside_refi.py --peers`.

Each shared project is read by Weft and written for the reader: as the standard counts positions, and as NVivo does.
What the reader finds is set beside the expected passages that come with the shared projects. pyqdpx needs Python 3.12,
which PYTHON312 names where it is not on the path.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from _outside import ASKED, ROOT, answer, python_with

sys.path.insert(0, str(ROOT / "src"))

from weft.exchange.refi import Code, Project, TextSource, all_codes, read_project, rebuilt, write_project

SHARED = Path(os.environ.get("WEFT_SHARED", ROOT / ".." / "shared")) / "data" / "refi-qda"
PACKAGES = {"pyqdpx==0.1.8": os.environ.get("PYTHON312", "python3.12"), "qualitative-coding==1.7.8": sys.executable}
READERS = Path(__file__).with_name("_refi_readers.py")
COUNTS = ("code point LF", "UTF-16 CRLF")


def named_after_its_source(item: Any) -> Any:
    """pyqdpx looks for the text of a source by the GUID of the source, not by its path."""
    if isinstance(item, TextSource) and item.plain_text_path:
        return replace(item, plain_text_path=f"internal://{item.guid}.txt")
    return item


def expected(project: Project, name: str) -> dict[str, list]:
    """What a reader should find; the passages come from the file beside the project, not from Weft."""
    passages = json.loads((SHARED / f"{name}.expected.json").read_text("utf-8"))["selections"]
    users = {user.guid: user.name for user in project.users}
    codes = {code.guid: code.name for code in all_codes(project.codes)}
    selections = {one.guid: one for source in project.sources for one in source.selections}
    return {
        "users": sorted(users.values()),
        "codes": sorted(named(project.codes)),
        "texts": sorted(source.text for source in project.sources),
        "passages": sorted(
            [users[selections[one["selection_guid"]].creating_user], one["codes"][0], one["text_with_lf"]]
            for one in passages
        ),
        "codings": sorted(
            [users[coding.creating_user], codes[coding.code_ref]]
            for one in selections.values()
            for coding in one.codings
        ),
    }


def named(codes: tuple[Code, ...], parent: str = "") -> Iterator[list[str]]:
    """Each code with the one above it."""
    for code in codes:
        yield [code.name, parent]
        yield from named(code.codes, code.name)


def compared(theirs: dict[str, list], wanted: dict[str, list]) -> Iterator[str]:
    """Each part with how much of it is the same."""
    for part, found in theirs.items():
        left = list(wanted[part])
        same = 0
        for one in found:
            if one in left:
                left.remove(one)
                same += 1
        yield f"{same} of {len(wanted[part])} {part}"


def main() -> int:
    """A table of what was read."""
    if not ASKED:
        print("`--peers` installs pyqdpx and qualitative-coding beside Weft and lets them read what it writes.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for package, base in PACKAGES.items():
            reader = package.split("==")[0].replace("-", "_")
            python = python_with(f"outside-{reader}", package, base=base)
            for name in ("synthetic-spec-dialect", "synthetic-nvivo-dialect"):
                project = read_project(SHARED / f"{name}.qdpx")
                for count in COUNTS:
                    path = Path(folder) / f"{name}.qdpx"
                    write_project(rebuilt(project, named_after_its_source), path, reading=count)
                    theirs = answer(python, READERS, reader, path)
                    found = ", ".join(compared(theirs, expected(project, name)))
                    print(f"| {package.replace('==', ' ')} | {name} | {count} | {found} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
