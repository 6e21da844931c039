"""BibTeX: read, written, read again."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.some_references import many
from weft.exchange.errors import ExchangeError
from weft.exchange.references import (
    Date,
    Name,
    Reference,
    References,
    describe,
    read_bibtex,
    read_references,
    write_bibtex,
)
from weft.exchange.references.bibtex_fields import TYPES as ENTRY_TYPES
from weft.exchange.references.latex import Plain, as_latex
from weft.exchange.references.model import TYPES

ARNSTEIN = Reference(
    "arnstein1969",
    "article-journal",
    {
        "title": "A Ladder Of Citizen Participation",
        "container-title": "Journal of the American Institute of Planners",
        "volume": "35",
        "issue": "4",
        "page": "216-224",
        "ISSN": "0002-8991",
        "DOI": "10.1080/01944366908977225",
        "URL": "http://example.org/~x/a_b?c=%20&d#e",
        "publisher": "Taylor & Francis",
        "keyword": "participation, power",
        "language": "en-US",
    },
    {"author": (Name("Arnstein", "Sherry R."),)},
    {"issued": Date((1969, 7)), "accessed": Date((2026, 11, 24))},
)
WRITTEN = r"""@article{arnstein1969,
  author = {Arnstein, Sherry R.},
  title = {{A Ladder Of Citizen Participation}},
  year = {1969},
  month = jul,
  urldate = {2026-11-24},
  journal = {Journal of the American Institute of Planners},
  number = {4},
  publisher = {Taylor \& Francis},
  volume = {35},
  pages = {216--224},
  language = {en-US},
  doi = {10.1080/01944366908977225},
  url = {http://example.org/~x/a_b?c=%20&d#e},
  issn = {0002-8991},
  keywords = {participation, power},
}
"""


def file(folder: Path, text: str | bytes, name: str = "x.bib") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def one(folder: Path, fields: str, kind: str = "misc") -> Reference:
    """The reference of one entry."""
    (found,) = read_bibtex(file(folder, f"@{kind}{{a,\n{fields}\n}}")).items
    return found


def test_what_is_written_is_bibtex_and_loses_nothing(tmp_path):
    assert write_bibtex(References((ARNSTEIN,)), tmp_path / "x.bib") == ()
    assert (tmp_path / "x.bib").read_text("utf-8") == WRITTEN
    assert read_bibtex(tmp_path / "x.bib") == References((ARNSTEIN,))
    assert [path.name for path in tmp_path.iterdir()] == ["x.bib"]


def test_abbreviations_are_put_in_their_places(tmp_path):
    text = """@string(jaip = "J. of the " # {Institute})
@STRING{both = jaip # " of Planners"}
@article(a, journal = both, year = 19 # {69}, month = jul # "~24",)
@article{b, journal = Both # jaip # nowhere}"""
    found = read_bibtex(file(tmp_path, text))
    assert [item.texts["container-title"] for item in found.items] == [
        "J. of the Institute of Planners",
        "J. of the Institute of PlannersJ. of the Institutenowhere",
    ]
    assert found.items[0].dates == {"issued": Date((1969, 7, 24))}
    assert [(item.where, item.kind) for item in found.loss] == [("line 4, field journal", "changed")]


def test_an_entry_inherits_from_the_one_it_refers_to(tmp_path):
    text = """@inproceedings{talk, title={A talk}, crossref={Pell1}, pages={3}}
@book{part, crossref={b}, volume={2}}
@inproceedings{alone, title={Alone}, crossref={nowhere}}
@proceedings{pell1, title={Pell {Days}}, subtitle={One}, year=2001, publisher={P}, key={not this}, crossref={b}}
@book{b, title={B}, series={S}, crossref={talk}}"""
    found = read_bibtex(file(tmp_path, text))
    talk, part, alone, pell, _ = found.items
    assert talk.texts == {
        "title": "A talk",
        "container-title": "Pell Days: One",
        "page": "3",
        "publisher": "P",
        "collection-title": "S",
    }
    assert talk.dates == pell.dates == {"issued": Date((2001,))}
    assert part.texts["title"] == "B"
    assert alone.texts == {"title": "Alone"}
    assert sum(item.where.endswith("field crossref") for item in found.loss) == 5


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Arnstein, Sherry R.", [Name("Arnstein", "Sherry R.")]),
        ("Sherry R. Arnstein", [Name("Arnstein", "Sherry R.")]),
        ("Plato", [Name("Plato")]),
        ("Ludwig van der Berg", [Name("Berg", "Ludwig", non_dropping_particle="van der")]),
        ("van der Berg, Jr., Ludwig", [Name("Berg", "Ludwig", "", "van der", "Jr.")]),
        ("{van der Berg}, Ludwig", [Name("van der Berg", "Ludwig")]),
        ("{Pell Town Council}", [Name(literal="Pell Town Council")]),
        ("{Barnes and Noble} and D.~E. Knuth", [Name(literal="Barnes and Noble"), Name("Knuth", "D. E.")]),
        (r"{\'E}mile Zol{\`a}", [Name("Zolà", "Émile")]),
        (r"Mu\~noz, {\'A}.", [Name("Muñoz", "Á.")]),
        (r"{\OE}uvre, Jean-Paul", [Name("Œuvre", "Jean-Paul")]),
    ],
)
def test_names(tmp_path, value, names):
    found = one(tmp_path, f"author = {{{value}}}")
    assert found.names == {"author": tuple(names)}
    assert write_bibtex(References((found,)), tmp_path / "y.bib") == ()
    assert read_bibtex(tmp_path / "y.bib").items == (found,)


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 1969", Date((1969,))),
        ("year = {1969}, month = {July}", Date((1969, 7))),
        ('year = "1969", month = "7", day = 24', Date((1969, 7, 24))),
        ("year = 1969, month = {24 Jul.}", Date((1969, 7, 24))),
        ("year = 1969, month = jul # {/} # aug", Date((1969, 7), (1969, 8))),
        ("year = 1969, month = {Spring}", Date((1969,), season="Spring")),
        ("year = {1969--1971}", Date((1969,), (1971,))),
        ("year = {in press}", Date(literal="in press")),
        ("date = {1969-07-24}", Date((1969, 7, 24))),
        ("date = {1969-07/1970-01}", Date((1969, 7), (1970, 1))),
        ("date = {1969-22}", Date((1969,), season="2")),
        ("date = {1969~}", Date((1969,), is_circa=True)),
        ("date = {-0043-03}", Date((-43, 3))),
        ("date = {1969}, year = 1969, month = jul", Date((1969, 7))),
        ("date = {1969-13}", Date(literal="1969-13")),
        ("date = {20105/2020}", Date(literal="20105/2020")),
        ("year = 20105", Date((20105,))),
        ("year = 20105, month = jul, day = 4", Date((20105, 7, 4))),
        ("date = {1969-07-24/..}", Date(literal="1969-07-24/..")),
    ],
)
def test_dates(tmp_path, fields, date):
    found = one(tmp_path, fields)
    assert found.dates == {"issued": date}
    assert write_bibtex(References((found,)), tmp_path / "y.bib") == ()
    assert read_bibtex(tmp_path / "y.bib").items == (found,)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (
            r"Gr{\"o}{\ss}e, caf\'e, na\"{\i}ve, \v{S}koda, \c{c}a, {\aa}, \k a, {\o}re, \H{o}",
            "Größe, café, naïve, Škoda, ça, å, ą, øre, ő",
        ),
        (r"\'{\'a}b \^{} \~{} {\'}", "\u00e1\u0301b ^ ~ \u00b4"),
        (r"50\% \& \$5 \#1 a\_b \{x\} \textbackslash{}", "50% & $5 #1 a_b {x} \\"),
        ("1--2 --- ``so'' it's ?`s'i -{}- a~b", "1–2 — “so” it's ¿s'i -- a\u00a0b"),
        (r"CO$_2$, $10^{-3}$, $\alpha$, 5$^\circ$C, $n$", "CO₂, 10⁻³, α, 5°C, n"),
        ("{NASA}  and\n {{B}er}lin", "NASA and Berlin"),
        (r"\textendash\ x \LaTeX\ y", "– x LaTeX y"),
    ],
)
def test_latex_becomes_text(latex, text):
    assert (Plain(latex).text, Plain(latex).unknown) == (text, [])


@pytest.mark.parametrize(
    ("latex", "text", "unknown"),
    [
        (r"\emph{so} \foo", "so", [r"\emph", r"\foo"]),
        ("$x^{a+b}$ of $5 and $6", "$x^{a+b}$ of $5 and $6", ["$", "$"]),
        (r"$\frac{1}{2}$", r"$\frac{1}{2}$", ["$"]),
    ],
)
def test_what_latex_says_beyond_the_text_is_reported(tmp_path, latex, text, unknown):
    assert (Plain(latex).text, Plain(latex).unknown) == (text, unknown)
    found = read_bibtex(file(tmp_path, f"@misc{{a, title={{{latex}}}}}"))
    assert [(item.where, item.kind) for item in found.loss] == [("entry a, field title", "changed")]


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
latexy = st.lists(
    st.sampled_from([*"ab É{}\\$%&#_~^-`'\"?!@=,.", "\\'", "--", " and ", "\n", "\u00a0", "others", "van ", "Jr"]),
    max_size=8,
).map("".join)


@settings(max_examples=120, deadline=None)
@given(text=text | latexy)
def test_any_text_comes_back_from_latex(text):
    plain = Plain(as_latex(text))
    assert plain.unknown == []
    if text == Plain(text.replace("\\", "").replace("{", "")).text and "~" not in text:
        assert plain.text == text
    assert Plain(as_latex(plain.text)).text == plain.text


def test_fields_of_biblatex_and_of_bibtex_mean_the_same(tmp_path):
    old = "journal={J}, address={Pell}, annote={n}, number=3"
    new = "journaltitle={J}, location={Pell}, annotation={n}, issue=3"
    assert one(tmp_path, old, "article") == one(tmp_path, new, "article")
    assert one(tmp_path, "institution={I}, type={Memo}, number={7}", "techreport").texts == {
        "publisher": "I",
        "genre": "Memo",
        "number": "7",
    }
    assert one(tmp_path, "series={S}, number={7}", "book").texts == {"collection-title": "S", "collection-number": "7"}
    assert one(tmp_path, "school={U}", "mastersthesis").texts == {"publisher": "U", "genre": "Master’s thesis"}
    assert one(tmp_path, r"howpublished={\url{http://a.b/c\_d}}").texts == {"URL": "http://a.b/c_d"}
    assert one(tmp_path, "doi={https://doi.org/10.1/X}").texts == {"DOI": "10.1/X"}
    assert one(tmp_path, "eprint={7}, archiveprefix={arXiv}").texts == {"archive": "arXiv", "archive_location": "7"}
    assert one(tmp_path, "title={A}, subtitle={B}").texts == {"title": "A: B"}


def test_what_csl_has_no_place_for_is_left_out_and_said(tmp_path):
    text = """A note to myself
@comment{jabref-meta: x}
@preamble{"x"}
@scroll{a, file={x.pdf}, title={T}, Title={U}, author={A, B and others}, publisher={P}, school={S},
  date={2001}, year={2002}, entrysubtype={x}}
@set{s, entryset={a}}
"""
    found = read_bibtex(file(tmp_path, text))
    assert found.items == (
        Reference(
            "a", "document", {"title": "T", "publisher": "P"}, {"author": (Name("A", "B"),)}, {"issued": Date((2001,))}
        ),
    )
    assert [(item.where, item.kind) for item in found.loss] == [
        ("line 1, comment", "left out"),
        ("line 2, comment", "left out"),
        ("line 3, preamble", "left out"),
        ("entry a, field title", "left out"),
        ("entry a, type", "changed"),
        ("entry a, field entrysubtype", "left out"),
        ("entry a, field author", "left out"),
        ("entry a, field year", "left out"),
        ("entry a, field school", "left out"),
        ("entry a, field file", "left out"),
        ("entry s", "left out"),
    ]


def test_what_bibtex_cannot_say_is_in_the_loss_report(tmp_path):
    reference = Reference(
        "a b,c",
        "treaty",
        {"title": "Two\nlines", "scale": "1:10", "note": "kept", "URL": "http://a/{x}"},
        {"author": (Name("Berg", "Jan", dropping_particle="von"), Name(given="Ana")), "director": (Name("A"),)},
        {"issued": Date((2019, 5), season="Spring"), "submitted": Date((2020,))},
    )
    loss = write_bibtex(References((reference,)), tmp_path / "x.bib")
    assert {(item.where, item.kind) for item in loss} == {
        ("reference a b,c, id", "changed"),
        ("reference a b,c, title", "changed"),
        ("reference a b,c, scale", "left out"),
        ("reference a b,c, URL", "changed"),
        ("reference a b,c, author", "changed"),
        ("reference a b,c, director", "left out"),
        ("reference a b,c, issued", "changed"),
        ("reference a b,c, submitted", "left out"),
    }


def test_keys_that_bibtex_takes_for_the_same_are_told_apart(tmp_path):
    items = tuple(Reference(name, "book") for name in ("a b", "a-b", "A-B", "é"))
    loss = write_bibtex(References(items), tmp_path / "x.bib")
    assert [item.id for item in read_bibtex(tmp_path / "x.bib").items] == ["a-b", "a-b-2", "A-B-3", "é"]
    assert [item.where for item in loss] == ["reference a b, id", "reference a-b, id", "reference A-B, id"]


def test_every_type_comes_back(tmp_path):
    items = tuple(Reference(kind, kind) for kind in sorted(TYPES))
    assert write_bibtex(References(items), tmp_path / "x.bib") == ()
    assert set(ENTRY_TYPES.values()) <= TYPES


latexy_names = st.builds(Name, latexy, latexy, latexy, latexy, latexy, st.just("")) | st.builds(Name, literal=latexy)
latexy_references = st.builds(
    Reference,
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5),
    st.sampled_from(["book", "article-journal", "thesis", "song"]),
    st.dictionaries(st.sampled_from(["title", "DOI", "page", "note", "publisher", "genre", "medium", "issue"]), latexy),
    st.dictionaries(st.sampled_from(["author", "editor"]), st.lists(latexy_names, max_size=3).map(tuple), max_size=2),
)
latexy_many = st.lists(latexy_references, min_size=1, max_size=3, unique_by=lambda item: item.id).map(tuple)


@settings(max_examples=80, deadline=None)
@given(items=many.filter(bool) | latexy_many)
def test_bibtex_says_all_that_it_loses_and_loses_it_once(tmp_path_factory, items):
    folder = tmp_path_factory.mktemp("bibtex")
    first, second, third = (folder / name for name in ("1.bib", "2.bib", "3.bib"))
    loss = write_bibtex(References(items), first)
    found = read_bibtex(first)
    assert found.loss == ()
    if not loss:
        assert found == References(items)
    assert write_bibtex(found, second) == ()
    assert read_bibtex(second) == found
    write_bibtex(read_bibtex(second), third)
    assert third.read_bytes() == second.read_bytes()


def test_references_of_any_format_are_read_by_name_or_by_content(tmp_path):
    texts = {
        "a.bib": WRITTEN,
        "a.ris": "TY  - BOOK\nER  - ",
        "a.json": '{"id": 1, "type": "book"}',
        "b": "% x@y\n" + WRITTEN,
        "c.txt": "\n\nTY  - BOOK\nER  - ",
        "d": ' [{"id": 1, "type": "book"}]',
    }
    for name, text in texts.items():
        assert len(read_references(file(tmp_path, text, name)).items) == 1
    with pytest.raises(ExchangeError, match="holds no references in CSL-JSON, BibTeX or RIS"):
        read_references(file(tmp_path, "hello", "e"))


def test_what_is_in_a_file_is_told():
    items = (ARNSTEIN, Reference("b", "book", dates={"issued": Date((2001,))}), Reference("c", "book"))
    assert describe(References(items)) == (
        ("references", "3"),
        ("of type book", "2"),
        ("of type article-journal", "1"),
        ("years", "1969 to 2001"),
    )
