"""What is in a codebook or a project, in plain words."""

from collections import Counter

from weft.exchange.refi.codebook import all_codes
from weft.exchange.refi.model import Codebook, OffsetReading, Project
from weft.exchange.refi.rebuild import everything

SOURCES = {
    "TextSource": "texts",
    "PictureSource": "pictures",
    "PDFSource": "PDFs",
    "AudioSource": "sound recordings",
    "VideoSource": "films",
}
SELECTIONS = ("TextSelection", "PictureSelection", "PDFSelection", "TimeSelection", "TranscriptSelection")
CHOSEN = {"score": "makes most sense of the selections", "file": "the file says so", "caller": "as asked"}


def describe(x: Codebook | Project) -> tuple[tuple[str, str], ...]:
    """Rows of a label and a value. A part of which there is none has no row."""
    codes = list(all_codes(x.codes))
    counts = {"codes": len(codes), "codes that only group others": sum(not code.is_codable for code in codes)}
    if isinstance(x, Codebook):
        return _filled([("made with", x.origin or "")], {**counts, "sets": len(x.sets)})
    kinds = Counter(type(item).__name__ for item in everything(x))
    media = Counter(type(source).__name__ for source in x.sources)
    counts |= {label: media[kind] for kind, label in SOURCES.items()}
    counts |= {
        "selections": sum(kinds[kind] for kind in SELECTIONS),
        "codings": kinds["Coding"],
        "notes": len(x.notes),
        "transcripts": kinds["Transcript"],
        "users": len(x.users),
        "variables": len(x.variables),
        "cases": len(x.cases),
        "sets": len(x.sets),
        "links": len(x.links),
        "graphs": len(x.graphs),
        "files beside the texts": len(x.files),
    }
    rows = _filled([("project", x.name), ("made with", x.origin or "")], counts)
    return rows if x.reading is None else (*rows, *_about(x.reading))


def _filled(rows: list[tuple[str, str]], counts: dict[str, int]) -> tuple[tuple[str, str], ...]:
    numbers = [(label, f"{count:,}" if count else "") for label, count in counts.items()]
    return tuple((label, value) for label, value in (*rows, *numbers) if value)


def _about(reading: OffsetReading) -> list[tuple[str, str]]:
    """How positions are counted, where there are any that could be placed."""
    scores = ", ".join(f"{name} {score:.3f}" for name, score in reading.scores)
    has_scores = any(score for _, score in reading.scores)
    rows = [
        ("positions counted as", f"{reading.name} ({CHOSEN[reading.chosen_by]})" if has_scores else ""),
        ("scores of the four ways to count", scores if has_scores else ""),
        ("sure", "no: another way makes as much sense and gives other passages" if reading.is_ambiguous else ""),
        ("selections of no length", f"{reading.empty:,}" if reading.empty else ""),
        ("positions that could not be placed", f"{reading.unplaced:,}" if reading.unplaced else ""),
    ]
    return [(label, value) for label, value in rows if value]
