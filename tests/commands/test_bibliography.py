"""`weft bibliography` on small files."""

from pathlib import Path

import pytest

from tests.methods.command_line import as_json, run
from weft.commands import Failed, bibliography

BIB = """@book{b, title = {Power <and> us}, author = {Berg, Jan}, year = 2001, publisher = {Pell Press}, file = {x.pdf}}
@article{a, title = {A ladder}, author = {Arnstein, Sherry}, year = 1969, journal = {Planners}}
"""


@pytest.fixture
def file(tmp_path: Path):
    def write(text: str, name: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_for_people_in_the_order_of_the_style(file, capsys):
    assert run(bibliography, file(BIB, "x.bib")) == 0
    shown = capsys.readouterr()
    assert (
        shown.out
        == "Arnstein, S. (1969) “A ladder”, Planners [Preprint].\nBerg, J. (2001) Power <and> us. Pell Press.\n"
    )
    assert shown.err == ("weft bibliography: x.bib, entry b, field file: left out. Weft has no place for this field.\n")


def test_as_html_and_in_another_style(file, capsys):
    path = file("TY  - BOOK\nTI  - Power <and> us\nER  - \n", "x.ris")
    assert run(bibliography, path, "--style", "numeric", "--format", "html") == 0
    assert capsys.readouterr().out == (
        '<div class="csl-bib-body">\n  <div class="csl-entry">[1] <i>Power &lt;and&gt; us</i>, n.d.</div>\n</div>\n'
    )


def test_as_json_with_what_was_lost(file, capsysbinary):
    found = as_json(bibliography, capsysbinary, file(BIB, "x.bib"), "--style", "note", "--language", "en-GB")
    assert list(found) == ["weft", "method", "format", "parameters", "entries", "loss"]
    assert found["parameters"]["style"] == "note"
    assert found["entries"][1] == {
        "id": "b",
        "text": "Jan Berg, Power <and> us, Pell Press, 2001.",
        "html": "Jan Berg, <i>Power &lt;and&gt; us</i>, Pell Press, 2001.",
    }
    assert [item["where"] for item in found["loss"]] == ["entry b, field file"]


def test_what_it_cannot_do_is_one_sentence(file):
    with pytest.raises(Failed, match=r"x.bib, line 1: the entry that begins here is broken"):
        run(bibliography, file("@book{b, title", "x.bib"))
    with pytest.raises(Failed, match="apa is no style; there are author-date, numeric, note"):
        run(bibliography, file(BIB, "x.bib"), "--style", "apa")
