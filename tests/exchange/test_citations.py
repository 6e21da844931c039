"""Citations and bibliographies in three styles, and styles that nobody vouches for."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.exchange.some_references import many
from weft.exchange.errors import ExchangeError
from weft.exchange.references import Date, Name, Reference, References
from weft.exchange.references.citation_markup import CLOSE, OPEN, as_html, as_text
from weft.exchange.references.citation_style import STYLES
from weft.exchange.references.citations import Cite, bibliography

LADDER = Reference(
    "Arnstein",
    "article-journal",
    {
        "title": "A ladder of citizen participation",
        "title-short": "A ladder",
        "container-title": "Journal of the American Institute of Planners",
        "volume": "35",
        "issue": "4",
        "page": "216-224",
        "DOI": "10.1080/01944366908977225",
    },
    {"author": (Name("Arnstein", "Sherry R."),)},
    {"issued": Date((1969, 7))},
)
BOOK = Reference(
    "arnstein",
    "book",
    {"title": "Participation & <i>power</i> <script>", "publisher": "Pell Press", "publisher-place": "Pell"},
    {"author": (Name("Berg", "Jan", non_dropping_particle="van den"), Name(literal="Pell Town Council"))},
    {"issued": Date((2019,), (2021,))},
)
WEB = Reference("w", "webpage", {"title": "A page", "URL": "https://example.org/?a=1&b=2"})
ALL = References((LADDER, BOOK, WEB))
LADDER_ENTRY = (
    "‘A ladder of citizen participation’, Journal of the American Institute of Planners 35 (4), 1969, pp. 216–224, "
    "https://doi.org/10.1080/01944366908977225."
)


def test_author_and_date():
    found = bibliography(ALL, "author-date", [[Cite("arnstein"), Cite("Arnstein", "218")], [Cite("w")]])
    assert [one.text for one in found.citations] == [
        "(Arnstein, 1969, p. 218; van den Berg and Pell Town Council, 2019–2021)",
        "(A page, no date)",
    ]
    assert [one.id for one in found.entries] == ["Arnstein", "arnstein", "w"]
    assert found.entries[0].text == (
        "Arnstein, S.R. (1969) “A ladder of citizen participation”, Journal of the American Institute of Planners, "
        "35(4), pp. 216–224. Available at: https://doi.org/10.1080/01944366908977225."
    )
    assert found.loss == ()


def test_numbers_in_the_order_of_citing():
    found = bibliography(ALL, "numeric", [[Cite("w")], [Cite("Arnstein", "2-3"), Cite("w")]])
    assert [one.text for one in found.citations] == ["[1]", "[1, 2, pp. 2–3]"]
    assert [one.text for one in found.entries] == [
        "[1] ‘A page’, n.d., https://example.org/?a=1&b=2.",
        f"[2] S. R. Arnstein, {LADDER_ENTRY}",
        "[3] J. van den Berg and Pell Town Council, Participation & power <script>, Pell: Pell Press, 2019–2021.",
    ]


def test_notes_in_full_then_short():
    clusters = [
        [Cite("Arnstein", "3")],
        [Cite("Arnstein")],
        [Cite("w")],
        [Cite("Arnstein", "iv", "chapter", prefix="see ", suffix=" (my words)")],
    ]
    found = bibliography(ALL, "note", clusters)
    assert [one.text for one in found.citations] == [
        "Sherry R. Arnstein, ‘A ladder of citizen participation’, Journal of the American Institute of Planners "
        "35 (4), 1969, p. 3, https://doi.org/10.1080/01944366908977225.",
        "Arnstein, ‘A ladder’.",
        "‘A page’, n.d., https://example.org/?a=1&b=2.",
        "see Arnstein, ‘A ladder’, ch. iv (my words).",
    ]
    assert found.entries[0].text == f"Sherry R. Arnstein, {LADDER_ENTRY}"


def test_html_holds_our_tags_and_no_others():
    found = bibliography(ALL, "numeric")
    assert found.entries[1].html.endswith(
        "<i>Participation &amp; <i>power</i> &lt;script&gt;</i>, Pell: Pell Press, 2019–2021."
    )
    evil = Reference("e", "book", {"title": "</i><b>x"}, {"author": (Name(literal="<img onerror=x>"),)})
    (entry,) = bibliography(References((evil,)), "numeric").entries
    assert entry.html == "[1] &lt;img onerror=x&gt;, <i></i><b>x, n.d.</b>"


@pytest.mark.parametrize(
    ("rendered", "text", "html"),
    [
        ("a <b> & 'c'", "a <b> & 'c'", "a &lt;b&gt; &amp; &#x27;c&#x27;"),
        (f"{OPEN['i']}So{CLOSE['i']}", "So", "<i>So</i>"),
        (f"{OPEN['i']}So.{CLOSE['i']}. And", "So. And", "<i>So.</i> And"),
        (f"{OPEN['i']}a{OPEN['b']}b{CLOSE['i']}c{CLOSE['b']}", "abc", "<i>a<b>b</b></i>c"),
        (f"{CLOSE['i']}a{OPEN['small-caps']}b", "ab", 'a<span class="small-caps">b</span>'),
    ],
)
def test_every_tag_that_is_opened_is_closed(rendered, text, html):
    assert (as_text(rendered), as_html(rendered)) == (text, html)


def test_languages():
    assert "no date" in bibliography(ALL, "author-date", [[Cite("w")]], "en-GB").citations[0].text
    assert bibliography(ALL, "note", [[Cite("w")]], "fr-FR").citations[0].text.startswith("«\u00a0A page\u00a0»")
    with pytest.raises(ExchangeError, match="is no language"):
        bibliography(ALL, "note", locale="../../etc")


def test_dates_that_a_style_cannot_say_are_said_or_reported():
    dates = {
        "spring": Date((2020,), season="Spring"),
        "wet": Date((2020,), season="the wet one"),
        "press": Date(literal="in press"),
        "odd": Date((2020, 13)),
        "gap": Date((2020, 5), (2020,)),
        "months": Date((2020, 5), (2020, 7)),
        "far": Date((12_345,)),
    }
    items = tuple(Reference(key, "book", {"title": key}, {}, {"issued": date}) for key, date in dates.items())
    found = bibliography(References(items), "numeric")
    assert [one.text.split(", ")[1] for one in found.entries] == [
        "2020.",
        "2020.",
        "in press.",
        "2020-13.",
        "2020.",
        "2020.",
        "12345.",
    ]
    assert [item.where for item in found.loss] == [f"reference {key}, issued" for key in ("wet", "gap", "months")]


def test_a_reference_that_a_style_cannot_show_is_reported():
    found = bibliography(References((Reference("bare", "book"), LADDER)), "numeric")
    assert [one.id for one in found.entries] == ["bare", "Arnstein"]
    note = bibliography(References((Reference("bare", "song", dates={"issued": Date((2020,))}), LADDER)), "author-date")
    assert {one.id for one in note.entries} | {item.where.split()[-1] for item in note.loss} == {"bare", "Arnstein"}


@settings(max_examples=25, deadline=None)
@given(items=many)
def test_any_references_are_rendered_and_the_html_is_ours(items):
    for style in STYLES:
        clusters = [[Cite(item.id, "1-2")] for item in items]
        found = bibliography(References(items), style, clusters)
        assert len(found.entries) + sum(item.kind == "left out" for item in found.loss) == len(items)
        for one in (*found.entries, *found.citations):
            left = re.sub(
                r'</?(i|b|u|sup|sub)>|<span class="small-caps">|</span>|&(amp|lt|gt|quot|#x27);', "", one.html
            )
            assert not re.search("[<>&]", left)


START = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
LAYOUT = '<citation><layout><text macro="a"/></layout></citation>'


def style(folder: Path, text: str | bytes, name: str = "x.csl") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_style_may_have_no_bibliography_and_says_nothing_of_html(tmp_path):
    text = '<citation><layout prefix="&lt;script>" suffix="&amp;"><text variable="title"/></layout></citation>'
    found = bibliography(ALL, style(tmp_path, f"{START}{text}</style>"), [[Cite("w")]])
    assert found.entries == ()
    assert (found.citations[0].text, found.citations[0].html) == ("<script>A page&", "&lt;script&gt;A page&amp;")


GROWS = "".join(
    f'<macro name="{name}"><group>{f"<text macro={chr(34)}{uses}{chr(34)}/>" * 12}</group></macro>'
    for name, uses in zip("abcdefgh", "bcdefghi", strict=True)
)
DAMAGE = [
    (b"", "is empty"),
    (b"x" * 2_000_001, "larger than 2000000 bytes"),
    (b"hello", "line 1: the XML is not well formed"),
    (b'<?xml version="1.0"?><!DOCTYPE style [<!ENTITY x "y">]><style/>', "declares a document type"),
    (b"<style/>", "is no complete CSL style"),
    (f"{START}</style>".encode(), "is no complete CSL style"),
    (f"{START}\n{LAYOUT}</style>".encode(), "line 2, element text: there is no macro a."),
    (f'{START}<macro name="a"><text macro="a"/></macro>{LAYOUT}</style>'.encode(), "the macro a uses itself."),
    (f'{START}<macro name="a\'] | //*"/>{LAYOUT}</style>'.encode(), "the name holds a sign that no name has."),
    (f'{START}{GROWS}<macro name="i"><text value="x"/></macro>{LAYOUT}</style>'.encode(), "its macros grow into more"),
    (f'{START}<macro name="a"><number variable="volume" form="x"/></macro>{LAYOUT}</style>'.encode(), "cannot be used"),
    (f"{START}{LAYOUT}</style>".encode("utf-16")[:-20], "the XML is not well formed"),
]


@pytest.mark.parametrize(("data", "sentence"), DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_style_is_refused(tmp_path, data, sentence):
    with pytest.raises(ExchangeError) as caught:
        bibliography(ALL, style(tmp_path, data), [[Cite("Arnstein")]])
    assert sentence in str(caught.value)


def test_what_is_no_style_or_no_reference_is_refused(tmp_path):
    with pytest.raises(ExchangeError, match="is no style; there are author-date, numeric, note"):
        bibliography(ALL, "apa")
    with pytest.raises(ExchangeError, match="cannot be read: No such file"):
        bibliography(ALL, tmp_path / "none.csl")
    with pytest.raises(ExchangeError, match="there is no reference x"):
        bibliography(ALL, "note", [[Cite("x")]])
    with pytest.raises(ExchangeError, match="a locator cannot be a x"):
        bibliography(ALL, "note", [[Cite("w", "1", "x")]])
    with pytest.raises(ExchangeError, match="a citation must cite something"):
        bibliography(ALL, "note", [[]])


def test_a_number_too_long_to_count_with_is_not_counted_in_roman(tmp_path):
    text = '<citation><layout><number variable="volume" form="roman"/></layout></citation>'
    items = (Reference("a", "book", {"volume": "12"}), Reference("b", "book", {"volume": "99999999999999"}))
    found = bibliography(References(items), style(tmp_path, f"{START}{text}</style>"), [[Cite("a")], [Cite("b")]])
    assert [one.text for one in found.citations] == ["xii", "99999999999999"]


def test_any_change_of_a_style_ends_in_the_one_error_or_renders(tmp_path):
    draw = random.Random(5)  # noqa: S311
    good = STYLES["note"].read_bytes()
    attributes = re.findall(rb'[a-z-]+="[^"]*"', good)
    rendered = 0
    for _ in range(150):
        data = good
        for _ in range(draw.randrange(1, 4)):
            data = data.replace(draw.choice(attributes), draw.choice(attributes), draw.randrange(1, 3))
        try:
            bibliography(ALL, style(tmp_path, data), [[Cite("Arnstein", "1")], [Cite("w")]])
            rendered += 1
        except ExchangeError:
            continue
    assert rendered > 20
