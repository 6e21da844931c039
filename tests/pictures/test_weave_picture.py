"""The whole picture: well-formed, safe, small, the same every time, and beautiful by the rules."""

import gzip
import random
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.weave import programme as large
from tests.pictures.pell_coast import NUMBERS, PLAIN, TEAMS, items, threads
from tests.pictures.randomly import few, programmes
from weft.pictures.weave import Answer, Item, Options, Thread, Words, weave

SVG = "{http://www.w3.org/2000/svg}"
ALONE = Options(standalone=True)
HOSTILE = (
    "<script>alert('x')</script>",
    '"><img src=x onerror=alert(1)>',
    "لا أحد سألنا \u202e عن الحافلة",
    "a" * 5000,
    "\x00\x0b\ud800 bad bytes ]]> &amp;",
)


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314


@few
@given(programmes(), st.booleans(), st.booleans())
def test_every_picture_is_well_formed(programme, wide, alone):
    picture = weave(*programme, PLAIN, focus="i2", wide=wide, options=Options(standalone=alone))
    assert parsed(picture.svg) is not None
    assert "nan" not in picture.svg
    assert "None" not in picture.svg


@few
@given(programmes(), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(programme, wide, chance):
    made, spun = programme
    first = weave(made, spun, PLAIN, focus="i0", wide=wide)
    assert first == weave(chance.sample(made, len(made)), chance.sample(spun, len(spun)), PLAIN, focus="i0", wide=wide)


def test_the_same_large_programme_gives_the_same_picture_however_it_comes():
    made, spun = large(2000, 8)
    chance = random.Random(3)  # noqa: S311
    first = weave(made, spun, PLAIN)
    assert first == weave(chance.sample(made, len(made)), chance.sample(spun, len(spun)), PLAIN)
    assert first.drawn < 200
    assert 1900 < first.merged < 2000
    assert first.caption.endswith("threads are not drawn.")
    assert str(first.threads_not_drawn) in first.caption


@pytest.mark.parametrize(("size", "teams"), [(20, 2), (200, 4), (2000, 8)])
def test_a_picture_is_small(size, teams):
    made, spun = large(size, teams)
    for focus in (None, made[0].id, next(item.id for item in made if item.stage == 3)):
        picture = weave(made, spun, PLAIN, focus=focus)
        assert len(gzip.compress(picture.svg.encode(), 6)) <= 60_000


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("wide", [True, False])
def test_peoples_words_are_only_ever_text(text, wide):
    made = [
        Item("a", (0,), 0, "theme", text, code=text, voices=30, url=text),
        Item("b", (0,), 1, text, text, order=1),
        Item("c", (0,), 5, "ask", text, order=2),
    ]
    words = Words(NUMBERS, team_names=(text,), counts={2: text})
    picture = weave(made, [Thread("a", "b"), Thread("b", "c")], words, focus="b", wide=wide)
    root = parsed(picture.svg)
    tags = {element.tag for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "path", "circle", "rect", "text", "a"}
    assert not [a for element in root.iter() for a in element.attrib if a.startswith("on") or a == "style"]
    assert max((len(t.text or "") for t in root.iter("title")), default=0) <= 90
    assert max(len(t.text or "") for t in root.iter("text")) <= 5000


def test_long_names_of_teams_and_titles_are_cut_with_an_ellipsis():
    long = Answer("answered", "Yes, but only from next year on", "and with many reasons given")
    made = [
        Item("a", (0,), 0, "theme", "word " * 60, voices=30, url="?focus=a"),
        Item("b", (0,), 5, "ask", "B", answer=long),
    ]
    root = parsed(weave(made, [], Words(NUMBERS, team_names=("A very long name for a team of people by the sea",))).svg)
    title = root.find("a/title")
    assert title is not None
    assert title.text is not None
    assert title.text.endswith("word…")
    told = [text.text for text in root.iter("text") if (text.text or "").endswith("…")]
    assert told
    assert len(told) == 3
    assert all(len(text or "") <= 17 for text in told)


def test_there_is_no_inline_style_or_script():
    for options in (Options(), ALONE):
        svg = weave(items(), threads(), TEAMS, focus="C1", options=options).svg
        assert " style=" not in svg
        assert "<script" not in svg
        assert "<style" not in svg
        assert not re.search(r'[ "]on\w+=', svg)


def test_nothing_is_transparent():
    svg = weave(items(), threads(), TEAMS, focus="C1", options=ALONE).svg
    assert "opacity" not in svg
    assert "rgba" not in svg


def test_no_items_give_the_bare_warp():
    picture = weave([], [], PLAIN)
    root = parsed(picture.svg)
    assert [path.get("class") for path in root.iter("path")] == ["wv-warp"]
    assert [text.text for text in root.iter("text")] == ["Listen", "Make sense", "Frame", "Act", "Learn", "Share"]
    assert (picture.drawn, picture.merged, picture.threads_not_drawn, picture.strip) == (0, 0, 0, ())
    assert picture.desc == "A woven picture in six columns. There are no threads on it yet."


@pytest.mark.parametrize("wide", [True, False])
def test_one_item_is_one_knot(wide):
    picture = weave(items()[:1], threads(), TEAMS, wide=wide)
    assert picture.drawn == 1
    knots = [path for path in parsed(picture.svg).iter("path") if "wv-knot" in (path.get("class") or "")]
    assert len(knots) == 1


def test_threads_that_speak_against_are_broken_and_have_no_core():
    made = [Item("a", (1,), 0, "theme", "A", voices=40), Item("b", (1,), 1, "finding", "B")]
    against = parsed(weave(made, [Thread("a", "b", "contradicts")], PLAIN).svg)
    supports = parsed(weave(made, [Thread("a", "b")], PLAIN).svg)
    broken = [path.get("stroke-dasharray") for path in against.iter("path") if "wv-th" in (path.get("class") or "")]
    whole = [path.get("stroke-dasharray") for path in supports.iter("path") if "wv-th" in (path.get("class") or "")]
    assert (broken, whole) == (["6 3.5"], [None])
    assert [path.get("class") for path in against.iter("path")].count("wv-core") == 0
    assert [path.get("class") for path in supports.iter("path")].count("wv-core") == 1


def test_threads_of_several_teams_are_twisted():
    made = [Item("a", (0, 1, 2), 4, "insight", "A"), Item("b", (0,), 5, "ask", "B")]
    root = parsed(weave(made, [Thread("a", "b")], PLAIN).svg)
    twist = [(p.get("class"), p.get("stroke-dasharray"), p.get("stroke-dashoffset")) for p in root.iter("path")]
    assert ("wv-th weft-t2", "9 18", "-9") in twist
    assert ("wv-th weft-t3", "9 18", "-18") in twist


def test_knots_are_links_with_names_in_a_wide_picture():
    root = parsed(weave(items(), threads(), TEAMS, focus="C1").svg)
    links = {link.get("href"): link for link in root.iter("a")}
    assert len(links) == 58
    change = links["?focus=C-8N2KB"]
    assert change.get("aria-label") == "Change C-8N2KB, Long Summer: Drivers stopped asking for proof"
    by_number = {link.get("data-n"): link.get("href") for link in root.iter("a")}
    there = {by_number[number] for number in (change.get("data-to") or "").split()}
    assert there == {"?focus=I-4K7WD", "?focus=I-9R2HB"}
    for hit in root.iter("rect"):
        if hit.get("class") == "wv-hit":
            assert float(hit.get("width", 0)) >= 28
            assert float(hit.get("height", 0)) >= 28


def test_a_tall_picture_and_a_file_have_no_links():
    tall = parsed(weave(items(), threads(), TEAMS, wide=False).svg)
    alone = parsed(weave(items(), threads(), TEAMS, options=ALONE).svg)
    still = parsed(weave(items(), threads(), TEAMS, options=Options(links=False)).svg)
    assert not [*tall.iter("a"), *alone.iter(f"{SVG}a"), *still.iter("a")]
    assert {tall.get("role"), alone.get("role"), still.get("role")} == {"img"}
    assert parsed(weave(items(), threads(), TEAMS).svg).get("role") == "group"


def test_a_file_carries_its_colours_and_a_page_leaves_them_to_the_stylesheet():
    alone = parsed(weave(items(), threads(), TEAMS, focus="C1", options=ALONE).svg)
    for element in alone.iter():
        if element.tag in {f"{SVG}path", f"{SVG}circle", f"{SVG}text"}:
            assert "#" in f"{element.get('stroke')} {element.get('fill')}", element.attrib
    assert "#" not in weave(items(), threads(), TEAMS, focus="C1").svg


def test_ids_come_from_the_uid_and_point_to_title_and_description():
    picture = weave(items(), threads(), TEAMS, options=Options(uid="hero", title="What people said"))
    root = parsed(picture.svg)
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == ("hero-t", "hero-d")
    assert {element.get("id"): element.text for element in root if element.get("id")} == {
        "hero-t": "What people said",
        "hero-d": picture.desc,
    }


def test_an_unknown_focus_lights_nothing():
    assert weave(items(), threads(), TEAMS, focus="nobody") == weave(items(), threads(), TEAMS)


def test_items_in_a_circle_are_drawn():
    made = [Item(key, (0,), 4, "insight", key, url=f"?{key}") for key in "abc"]
    picture = weave(made, [Thread("a", "b"), Thread("b", "c"), Thread("c", "a"), Thread("a", "a")], PLAIN, focus="a")
    assert picture.drawn == 3
    assert picture.threads_not_drawn == 1


def test_loose_threads_do_not_tell_small_numbers_apart():
    def strands(voices):
        root = parsed(weave([Item("a", (0,), 0, "theme", "A", voices=voices)], [], PLAIN).svg)
        return [(p.get("d") or "").count("M") for p in root.iter("path") if "wv-fr" in (p.get("class") or "")]

    assert strands(1) == strands(9) == [5]
    assert (strands(10), strands(14), strands(90)) == ([10], [14], [14])
    assert strands(0) == []


def test_words_read_from_right_to_left_keep_their_own_direction():
    root = parsed(weave(items(), threads(), Words(NUMBERS, team_names=("صيف طويل", "Good Company"))).svg)
    reading = {text.text: text.get("unicode-bidi") for text in root.iter("text")}
    assert root.get("direction") == "ltr"
    assert (reading["صيف طويل"], reading["Good Company"]) == ("plaintext", None)
