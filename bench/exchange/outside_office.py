"""Tables between Weft and LibreOffice, every cell compared; needs `soffice` (its packages calc and writer).

Our XLSX and CSV are opened by LibreOffice and saved as CSV; LibreOffice's XLSX, made from CSV, is read by us. A cell
that looks like a formula must come out as it went in: had it run, there would be its result.

Run: python bench/exchange/outside_office.py [FOLDER WITH CSV TABLES]
"""

import csv
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from weft.exchange.tables import Table, read_table, read_xlsx, write_table, write_xlsx
from weft.exchange.tables.guard import guarded

MOST_ROWS = 2_000
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true"
AS_TEXTS = "--infilter=CSV:44,34,76,1,,2057,true,false"
AS_LIKED = "--infilter=CSV:44,34,76,1,,2057,false,true"
RUNS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("http://example.org")', "=A1", " =1+1", "\t=1+1", "＝1+1", "'=1")
TEXTS = (
    "Zoë",
    "żółw",
    "王小明",
    "two\nlines",
    'say "x"',
    "a,b;c",
    " spaces ",
    "007",
    "1e5",
    "TRUE",
    "#N/A",
    "1/2",
    "x" * 500,
)


def made() -> Table:
    """Formula-like and awkward texts, a column of amounts and one of days."""
    columns = ("Text", "Amount", "Day", "=head", "Last")
    days = [f"2024-{month:02d}-29" for month in range(1, 13)] * 2
    rows = [(text, f"{n * 7.05:.2f}", days[n], f"{text}", "end") for n, text in enumerate((*RUNS, *TEXTS))]
    return Table(columns, tuple(rows))


def office(path: Path, target: str, folder: Path, *wishes: str) -> Path:
    """What LibreOffice makes of a file."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    out = folder / "out"
    words = [profile, "--headless", *wishes, "--convert-to", target, "--outdir", str(out), str(path)]
    subprocess.run(["soffice", *words], check=True, capture_output=True, timeout=300)
    return out / f"{path.stem}.{target.split(':')[0]}"


def cells(path: Path) -> list[list[str]]:
    """The cells of a CSV file, with nothing interpreted."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return [[cell.replace("\r\n", "\n") for cell in row] for row in csv.reader(file)]


def different(mine: list[list[str]], theirs: list[list[str]]) -> list[str]:
    """Each cell that is not the same."""
    if len(mine) != len(theirs):
        return [f"{len(mine)} rows became {len(theirs)}"]
    pairs = ((one, other) for row, row2 in zip(mine, theirs, strict=True) for one, other in zip(row, row2, strict=True))
    return [f"{one[:60]!r} became {other[:60]!r}" for one, other in pairs if one != other]


def as_rows(table: Table, shape: Callable[[str], str] = str) -> list[list[str]]:
    """Heading and rows of a table as lists, each cell shaped, line ends as LibreOffice keeps them."""
    return [[shape(cell).replace("\r\n", "\n") for cell in row] for row in (table.columns, *table.rows)]


def ways(table: Table, folder: Path) -> Iterator[tuple[str, list[list[str]], list[list[str]]]]:
    """Each way through LibreOffice: its name, the cells that went in, and those that came out."""
    write_xlsx(table, folder / "ours.xlsx")
    yield "our XLSX", as_rows(table), cells(office(folder / "ours.xlsx", AS_SHOWN, folder))
    write_table(table, folder / "ours.csv")
    yield "our CSV", as_rows(table, guarded), cells(office(folder / "ours.csv", AS_SHOWN, folder, AS_TEXTS))
    liked = cells(office(folder / "ours.csv", AS_SHOWN, folder, AS_LIKED))
    runs = [
        (mine, theirs)
        for row, row2 in zip(as_rows(table, guarded), liked, strict=True)
        for mine, theirs in zip(row, row2, strict=True)
    ]
    kept = [(mine, theirs) for mine, theirs in runs if mine.startswith("'")]
    yield "our CSV, formulas looked for", [[mine for mine, _ in kept]], [[theirs for _, theirs in kept]]
    theirs = read_xlsx(office(folder / "ours.csv", "xlsx", folder, AS_TEXTS))
    yield "LibreOffice's XLSX", as_rows(table, guarded), as_rows(theirs)


def main() -> int:
    if shutil.which("soffice") is None:
        print("soffice is not here; LibreOffice is needed.")
        return 1
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/data"
    tables = {"made": made()}
    for path in [*sorted(shared.glob("360giving/*.csv")), *sorted(shared.glob("polis/*/*comments.csv"))[:3]]:
        table = read_table(path)
        tables[f"{path.parent.name}, {path.name}"] = Table(table.columns, table.rows[:MOST_ROWS])
    said = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True).stdout
    print(f"{' '.join(said.split()[:2])}\n\n| table | way | cells | different |\n|---|---|---|---|")
    faults = []
    for name, table in tables.items():
        with tempfile.TemporaryDirectory() as folder:
            for way, mine, theirs in ways(table, Path(folder)):
                found = different(mine, theirs)
                faults += [f"{name}, {way}: {fault}" for fault in found]
                print(f"| {name} | {way} | {sum(map(len, mine)):,} | {len(found)} |", flush=True)
    print("\n".join(faults[:40]))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
