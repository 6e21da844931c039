"""What the entry types and fields of BibTeX and BibLaTeX mean in CSL."""

TYPES = {
    "article": "article-journal",
    "book": "book",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "techreport": "report",
    "phdthesis": "thesis",
    "online": "webpage",
    "unpublished": "manuscript",
    "booklet": "pamphlet",
    "periodical": "periodical",
    "inreference": "entry-encyclopedia",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "standard": "standard",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "movie": "motion_picture",
    "audio": "song",
    "performance": "performance",
    "review": "review",
    "artwork": "graphic",
    "letter": "personal_communication",
    "misc": "document",
}
OTHER_TYPES = {
    "suppperiodical": "article-journal",
    "conference": "paper-conference",
    "report": "report",
    "thesis": "thesis",
    "mastersthesis": "thesis",
    "electronic": "webpage",
    "www": "webpage",
    "webpage": "webpage",
    "video": "motion_picture",
    "music": "song",
    "image": "figure",
    "legal": "legislation",
    "manual": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "collection": "book",
    "mvcollection": "book",
    "mvbook": "book",
    "reference": "book",
    "mvreference": "book",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "suppcollection": "chapter",
}
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}

SERIALS = frozenset(("article-journal", "article-magazine", "article-newspaper", "periodical", "review", "review-book"))
IN_A_SERIES = frozenset(("book", "chapter", "paper-conference", "pamphlet", "entry-encyclopedia", "entry-dictionary"))

NAMES = {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author"}
DATES = {"urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
TEXTS = {
    "title": "title",
    "shorttitle": "title-short",
    "shortjournal": "container-title-short",
    "series": "collection-title",
    "volume": "volume",
    "volumes": "number-of-volumes",
    "edition": "edition",
    "chapter": "chapter-number",
    "part": "part",
    "version": "version",
    "pages": "page",
    "pagetotal": "number-of-pages",
    "address": "publisher-place",
    "eventtitle": "event-title",
    "venue": "event-place",
    "type": "genre",
    "howpublished": "medium",
    "origtitle": "original-title",
    "origpublisher": "original-publisher",
    "origlocation": "original-publisher-place",
    "pubstate": "status",
    "language": "language",
    "library": "call-number",
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "abstract": "abstract",
    "keywords": "keyword",
    "note": "note",
    "annote": "annote",
}
OTHER_TEXTS = {
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "maintitle": "container-title",
    "publisher": "publisher",
    "school": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "location": "publisher-place",
    "langid": "language",
    "keyword": "keyword",
    "annotation": "annote",
    "addendum": "note",
}
SUBTITLES = {"subtitle": "title", "booksubtitle": "container-title", "journalsubtitle": "container-title"}
PUBLISHERS = {"thesis": "school", "report": "institution", "webpage": "organization"}
VERBATIM = frozenset(("doi", "url", "isbn", "issn", "pmid", "pmcid", "eprint", "date", *DATES))
ARCHIVES = frozenset(("arxiv", "googlebooks", "hdl", "jstor", "pubmed"))
NOT_INHERITED_WORDS = """
    crossref xref ids entryset entrysubtype execute label options presort related relatedoptions relatedstring
    relatedtype shorthand shorthandintro sortkey key
"""
NOT_INHERITED = frozenset(NOT_INHERITED_WORDS.split())
PARTS_OF_BOOKS = """
    incollection inproceedings conference inbook bookinbook suppbook suppcollection inreference
"""
GAINS_A_BOOK = frozenset(PARTS_OF_BOOKS.split())
