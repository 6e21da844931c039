"""Tables of data."""

import pytest
from django.template.loader import render_to_string

from weft.core.money import amount
from weft.core.tables import Column, Link, Table, numbers


def drawn(table: Table, template: str = "core/_table.html", **more: str) -> str:
    """The table as HTML, with one space where the template has several."""
    return " ".join(render_to_string(template, {"table": table, **more}).split())


def test_a_table_names_its_rows_and_columns():
    table = Table("Seed <money>", [Column("Team"), *numbers("Given")], [("Summer & Co", "1,240")])
    html = drawn(table)
    assert '<caption class="govuk-visually-hidden">Seed &lt;money&gt;</caption>' in html
    assert '<th scope="col" class="govuk-table__header">Team</th>' in html
    assert '<th scope="row" class="govuk-table__header"> Summer &amp; Co </th>' in html
    assert '<td class="govuk-table__cell weft-num" data-label="Given"> 1,240 </td>' in html


def test_a_row_may_lead_somewhere():
    html = drawn(Table("Teams", [Column("Team")], [(Link("/pell/summer/", "Long <Summer>"),)]))
    assert '<a class="weft-link" href="/pell/summer/" >Long &lt;Summer&gt;</a>' in html


def test_a_caption_with_a_code_is_seen():
    assert ">T-9NSHT</span> </caption>" in drawn(Table("Answers", [Column("Answer")], [], "T-9NSHT"))


def test_a_row_that_lacks_a_cell_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        _ = Table("Teams", [Column("Team"), Column("Lead")], [("Long Summer",)]).lines


def test_a_folded_table_says_what_is_hidden():
    table = Table("Answers", [Column("Answer")], [("Agree",)])
    html = drawn(table, "core/_folded_table.html", note="Hidden: fewer than 10.")
    assert "The numbers as a table" in html
    assert '<p class="weft-meta">Hidden: fewer than 10.</p>' in html
    assert "weft-meta" not in drawn(table, "core/_folded_table.html")


def test_an_amount_has_no_unit():
    assert [amount(pence) for pence in (124_000, 960, -500, 100)] == ["1,240", "9.60", "minus 5", "1"]
