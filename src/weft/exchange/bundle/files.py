"""The files of a bundle: their names, and how each is called and described to whoever opens the zip."""

from dataclasses import dataclass

METADATA = "ro-crate-metadata.json"
README = "README.txt"
REPORT = "report.html"
CLAIMS = "claims.jsonld"
SOURCES = "sources.csl.json"
CODEBOOK = "codebook.qdc"
PACKAGE = "datapackage.json"
TABLES = "tables/"


@dataclass(frozen=True, slots=True)
class About:
    """What is said of one file."""

    name: str
    description: str
    media_type: str


FILES = {
    README: About("Read this first", "What this bundle is, what is in it, and what is not.", "text/plain"),
    REPORT: About("The report", "The edition as one page that needs nothing else.", "text/html"),
    CLAIMS: About(
        "Claims and what they rest on",
        "Every claim of the report with its place, the items that it rests on, and how they are tied together.",
        "application/ld+json",
    ),
    SOURCES: About(
        "Sources",
        "The published works that items are drawn from, as CSL-JSON.",
        "application/vnd.citationstyles.csl+json",
    ),
    CODEBOOK: About("Codebook", "The codes that passages were sorted by, as a REFI-QDA codebook.", "application/xml"),
    PACKAGE: About("About the tables", "What the columns of the tables mean, as a Data Package.", "application/json"),
}


def table_path(name: str) -> str:
    """Where a table stands in the zip."""
    return f"{TABLES}{name}.csv"
