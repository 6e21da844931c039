"""Formats that are known and not read: how each is told, its name in plain words, and what to do instead."""

DOCX = "save it as .docx"
TABLE = "save it as .xlsx or .csv"
OLD_OFFICE = "an old Word, Excel or PowerPoint file"

SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "a PDF document", ""),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE, "save it as .docx, .xlsx or .csv"),
    (0, b"{\\rtf", "a text in RTF", DOCX),
    (0, b"\x89PNG\r\n", "a picture (PNG)", ""),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", ""),
    (0, b"GIF8", "a picture (GIF)", ""),
    (0, b"II*\0", "a picture (TIFF)", ""),
    (0, b"MM\0*", "a picture (TIFF)", ""),
    (8, b"WEBP", "a picture (WebP)", ""),
    (4, b"ftyp", "a film, a picture or a sound recording", ""),
    (8, b"WAVE", "a sound recording (WAV)", ""),
    (0, b"ID3", "a sound recording (MP3)", ""),
    (0, b"\xff\xfb", "a sound recording (MP3)", ""),
    (0, b"OggS", "a sound recording or film (Ogg)", ""),
    (0, b"fLaC", "a sound recording (FLAC)", ""),
    (0, b"\x1aE\xdf\xa3", "a film (Matroska or WebM)", ""),
    (0, b"SQLite format 3\0", "a database (SQLite)", "export the project from its program as .qdpx"),
    (0, b"PAR1", "a table in Parquet", TABLE),
    (0, b"$FL2", "a table of SPSS", TABLE),
    (0, b"<stata_dta>", "a table of Stata", TABLE),
    (0, b"\x1f\x8b", "a packed file (gzip)", "unpack it first"),
    (0, b"BZh", "a packed file (bzip2)", "unpack it first"),
    (0, b"\xfd7zXZ\0", "a packed file (xz)", "unpack it first"),
    (0, b"7z\xbc\xaf\x27\x1c", "a packed file (7z)", "unpack it first"),
    (0, b"Rar!\x1a\x07", "a packed file (RAR)", "unpack it first"),
    (257, b"ustar", "a packed file (tar)", "unpack it first"),
    (0, b"\x7fELF", "a program", ""),
    (0, b"MZ", "a program", ""),
)
"""Where the first bytes stand and what they are; then the name, and advice or nothing."""

MEMBERS: tuple[tuple[str, str, str], ...] = (
    ("ppt/presentation.xml", "a PowerPoint presentation", ""),
    ("content.xml", "an OpenDocument file", "save it as .docx, .xlsx or .csv"),
    ("META-INF/container.xml", "an e-book (EPUB)", ""),
    ("Index/Document.iwa", "a document of Pages, Numbers or Keynote", "export it as .docx, .xlsx or .csv"),
)
"""A member that tells what a zip file is."""

ROOTS: dict[str, tuple[str, str]] = {
    "schema": ("an XML schema", ""),
    "html": ("a web page", ""),
    "svg": ("a picture (SVG)", ""),
    "Project": ("the inside of a REFI-QDA project", "give the .qdpx file that it came in"),
    "tt": ("subtitles in TTML", "export them as WebVTT or SRT"),
    "records": ("references of EndNote in XML", "export them as RIS or BibTeX"),
    "xml": ("references of EndNote in XML", "export them as RIS or BibTeX"),
}
"""The root element of an XML document."""

SUFFIXES: dict[str, tuple[str, str]] = {
    ".md": ("a text in Markdown", ""),
    ".markdown": ("a text in Markdown", ""),
    ".html": ("a web page", ""),
    ".htm": ("a web page", ""),
    ".yaml": ("a text in YAML", "a whole programme is read by `weft load`"),
    ".yml": ("a text in YAML", "a whole programme is read by `weft load`"),
    ".xml": ("an XML document of another kind", ""),
    ".jsonld": ("linked data in JSON-LD", ""),
    ".geojson": ("a map in GeoJSON", ""),
    ".enw": ("references of EndNote", "export them as RIS or BibTeX"),
    ".nbib": ("references of PubMed", "export them as RIS or BibTeX"),
    ".vcf": ("a list of contacts (vCard)", ""),
    ".eml": ("an email", ""),
    ".py": ("a program", ""),
    ".js": ("a program", ""),
    ".css": ("a stylesheet", ""),
    ".log": ("a log", ""),
}
"""Texts that nothing but the end of their name tells."""


def refusal(name: str, advice: str) -> str:
    """The sentence that says so."""
    return f"is {name}, which is not read here" + (f"; {advice}." if advice else ".")
