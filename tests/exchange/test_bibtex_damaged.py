"""Damaged BibTeX: each file ends in one sentence that names its line, or reads well; no other error comes out."""

import random
from pathlib import Path

import pytest

from weft.exchange.errors import ExchangeError
from weft.exchange.references import Reference, References, read_bibtex, write_bibtex
from weft.exchange.references.bibtex import MOST_AT_SIGNS

GOOD = r"""% notes
@string{jaip = "Journal of the " # {Institute}}
@comment{jabref-meta: x}
@preamble{"\newcommand{\x}{}"}
@article{arnstein1969,
  author = {Arnstein, Sherry R. and {Pell Town Council} and van der Berg, Jr, Jos{\'e} and others},
  title = "A {Ladder} of \emph{Citizen} Participation --- {\"o}, $x^2$",
  journal = jaip # " of Planners",
  year = 1969, month = jul # "~24", pages = {216--224},
  url = {\url{http://example.org/~x?y=1%20&z#q_r}},
}
@inproceedings{talk, title = "T", crossref = "Days", date = {2019-05/2020}}
@proceedings(days, title={Big {Days}}, year={2001}, publisher={P})
"""


def file(folder: Path, text: str | bytes) -> Path:
    path = folder / "x.bib"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


BROKEN = "the entry that begins here is broken"
DAMAGE = [
    (b"", "holds no entry."),
    (b"hello\n", "holds no entry."),
    (b"@comment{x}\n", "holds no entry."),
    (b"\n\n@misc{a, title = {x}\n\n@misc{b}\n", f"line 3: {BROKEN}"),
    (b"@misc{a, title = {x}", f"line 1: {BROKEN}"),
    (b"@misc{a, title {x}}", f"line 1: {BROKEN}"),
    (b"@misc{a title = {x}}", f"line 1: {BROKEN}"),
    (b"@misc{a, title}", f"line 1: {BROKEN}"),
    (b"@misc{a}\n@misc{a}", "line 2: the entry a is there twice."),
    (b"@misc{a}\r\r@book{ a }", "line 3: the entry a is there twice."),
    (b"@misc{a}\n@book\n{b}", "line 2: an entry begins here, but its type and opening brace are not on one line."),
    (b"@misc{a}\nsome words\n  @book b, title\n", "line 3: an entry begins here"),
    (b"@misc{a,\n\n title = {x} y}", "line 3, field title: the value goes on after its end."),
    (b"@misc{a, title = }", "line 1, field title: a value is missing."),
    (b"@misc{a, title = {x} #}", "line 1, field title: a value is missing."),
    (b"@misc{a,\ntitle = {x\0y}}", "line 2, field title: the text holds a NUL character."),
    (b"@misc{a, title = {caf\xe9}}", "is not UTF-8 at byte 21."),
    (b"@misc{a, title = {" + b"x" * 100_001 + b"}}", "line 1, field title: the text is longer than 100000 characters"),
    (b"@misc{a, title = " + b"{} # " * 1_001 + b"{}}", "or of more than 1000 parts."),
    (b"@misc{" * MOST_AT_SIGNS + b"@", "holds more than 200000 @ signs"),
    (b"\n" * 16_000_001, "is larger than 16000000 bytes"),
    (b"@misc{a, title = {" + b"{" * 50_000 + b"}" * 49_999 + b"}", f"line 1: {BROKEN}"),
]


@pytest.mark.parametrize(("data", "sentence"), DAMAGE, ids=range(len(DAMAGE)))
def test_damaged_bibtex_is_refused_and_placed(tmp_path, data, sentence):
    with pytest.raises(ExchangeError) as caught:
        read_bibtex(file(tmp_path, data))
    assert sentence in str(caught.value)


def test_abbreviations_that_grow_are_refused(tmp_path):
    bomb = (
        "@string{a = {"
        + "x" * 1000
        + "}}\n"
        + "".join(f"@string{{{new} = {old} # {old}}}\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    )
    with pytest.raises(ExchangeError, match="line 8, field h: the text is longer than 100000 characters"):
        read_bibtex(file(tmp_path, bomb))


def test_one_long_text_used_many_times_is_refused(tmp_path):
    many = "".join(f"@misc{{k{number}, note = a}}\n" for number in range(700))
    with pytest.raises(ExchangeError, match="line 648: the texts together are longer than 64000000 characters"):
        read_bibtex(file(tmp_path, "@string{a = {" + "x" * 99_000 + "}}\n" + many))


def test_deep_braces_and_many_accents_are_read(tmp_path):
    deep = "{" * 40_000 + "x" + "}" * 40_000
    (found,) = read_bibtex(file(tmp_path, f"@misc{{a, title = {{{deep}}}, note = {{" + r"\'" * 40_000 + "e}}")).items
    assert found.texts["title"] == "x"
    assert len(found.texts["note"]) == 40_000


def test_line_ends_and_a_mark_at_the_beginning_make_no_difference(tmp_path):
    whole = read_bibtex(file(tmp_path, GOOD))
    for text in (GOOD.replace("\n", "\r\n"), GOOD.replace("\n", "\r"), "\ufeff" + GOOD):
        found = read_bibtex(file(tmp_path, text))
        assert (found, found.loss) == (whole, whole.loss)


def test_a_file_cut_short_anywhere_is_refused_or_reads_as_whole_entries(tmp_path):
    whole = read_bibtex(file(tmp_path, GOOD)).items
    for length in range(0, len(GOOD), 7):
        try:
            found = read_bibtex(file(tmp_path, GOOD[:length])).items
        except ExchangeError:
            continue
        assert [item.id for item in found] == [item.id for item in whole[: len(found)]]


def test_any_change_of_bytes_ends_in_the_one_error_or_is_read_and_written(tmp_path):
    draw = random.Random(5)  # noqa: S311
    signs = [
        b"{",
        b"}",
        b'"',
        b"@",
        b"#",
        b",",
        b"=",
        b"\\",
        b"\r",
        b"\0",
        b"\xff",
        b"$",
        b"@misc{",
        b" and ",
        b"~",
        b"%",
    ]
    read = 0
    for _ in range(250):
        data = bytearray(GOOD.encode())
        for _ in range(draw.randrange(1, 4)):
            place = draw.randrange(len(data))
            if draw.random() < 0.5:
                data[place:place] = draw.choice(signs)
            else:
                del data[place : place + draw.randrange(1, 20)]
        try:
            found = read_bibtex(file(tmp_path, bytes(data)))
        except ExchangeError:
            continue
        read += 1
        write_bibtex(found, tmp_path / "1.bib")
        assert write_bibtex(read_bibtex(tmp_path / "1.bib"), tmp_path / "2.bib") == ()
    assert read > 20


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ((), "there is no reference"),
        ((Reference("", "book"),), "the id nothing is empty or there twice"),
        ((Reference("a", "book"), Reference("a", "book")), "the id a is empty or there twice"),
        ((Reference("a", "book", {"title": "\ud800"}),), "is no character of a text"),
        ((Reference("a", "book", {"title": "a\0b"}),), "holds a NUL character"),
        ((Reference("a", "book", {"title": "x" * 100_001}),), "longer than 100000 characters"),
    ],
)
def test_what_could_not_be_read_back_is_not_written(tmp_path, items, sentence):
    good = tmp_path / "x.bib"
    good.write_text("as it was")
    with pytest.raises(ExchangeError, match=sentence):
        write_bibtex(References(items), good)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x.bib", "as it was")]
