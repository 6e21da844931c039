"""The picture in words: description, caption, lists, table and the counts beside it."""

import pytest

from bench.weave import programme as large
from tests.pictures.pell_coast import NUMBERS, PLAIN, TEAMS, items, threads
from weft.pictures.svg import cut, num, safe
from weft.pictures.weave import Answer, Item, Thread, Words, table, weave
from weft.pictures.weave.merge import SEVERAL
from weft.pictures.weave.words import lines, listed, said

LIT = (
    "Lit: the change ‘Drivers stopped asking for proof’, which rests on five themes from 96 people and led to two "
    "insights, four asks and one report."
)


def test_the_description_says_what_the_picture_shows():
    assert weave(items(), threads(), TEAMS, focus="C1").desc == (
        "A woven picture in seven columns. On the left, 291 voices in 14 themes, from three teams. They run to the "
        "right through findings, gaps, problem statements, projects, reflections, changes and insights, to six asks "
        f"and one report. {LIT} Four asks were answered, one is waiting and one has had no reply for 41 days. The same "
        "facts are in the lists and the table below."
    )


def test_a_tall_picture_is_described_from_top_to_bottom():
    desc = weave(items(), threads(), TEAMS, wide=False).desc
    assert desc.startswith("A woven picture in seven rows. At the top, 291 voices")
    assert "They run down through" in desc
    assert "knots stand for several items." in desc


def test_small_numbers_of_people_are_kept_back_everywhere():
    made = [Item("a", (0,), 0, "theme", "A", voices=7, url="?a"), Item("b", (0,), 1, "finding", "B", order=1)]
    picture = weave(made, [Thread("a", "b")], Words(NUMBERS, team_names=("Sea",)), focus="b")
    assert "fewer than 10 voices" in picture.svg
    assert "from fewer than 10 people" in picture.desc
    assert picture.strip[0].entries[0].note == "fewer than 10 people"
    assert not [word for word in (picture.desc + picture.svg).split() if word.strip(",.<>") in {"7", "seven"}]


def test_the_strip_lists_the_lit_thread_by_stage_numbered_as_the_knots():
    strip = weave(items(), threads(), TEAMS, focus="C1").strip
    assert [stage.name for stage in strip] == ["Listen", "Make sense", "Frame", "Act", "Learn", "Share"]
    entries = [entry for stage in strip for entry in stage.entries]
    assert [entry.number for entry in entries] == list(range(1, 19))
    assert [len(stage.entries) for stage in strip] == [5, 3, 1, 1, 3, 5]
    assert [entry.title for entry in entries if entry.here] == ["Drivers stopped asking for proof"]
    assert (entries[0].title, entries[0].note) == ("I earn too much for help and too little to go", "31 people")
    assert [entry.note for entry in strip[5].entries] == [
        "no reply for 41 days",
        "yes",
        "partly",
        "no, with reasons",
        "published, 4 November",
    ]


def test_numbers_in_the_picture_are_the_numbers_in_the_strip():
    made, spun = large(200, 4)
    focus = next(item.id for item in made if item.stage == 3)
    picture = weave(made, spun, PLAIN, focus=focus)
    for stage in picture.strip:
        for entry in stage.entries:
            if entry.count == 1:
                assert f">{entry.number}</text>" in picture.svg
            else:
                assert entry.title.startswith(f"{entry.count} ")


def test_nothing_is_listed_where_nothing_is_lit():
    assert weave(items(), threads(), TEAMS).strip == ()


def test_the_table_has_a_row_for_every_item():
    rows = {row.code: row for row in table(items(), threads(), TEAMS)}
    assert len(rows) == 58
    theme, insight, ask = rows["V-4TRAM"], rows["I-9R2HB"], rows["A-9N2RC"]
    assert (theme.comes_from, theme.led_to, theme.kind, theme.teams) == ("23 people", "F-7K3QD", "Theme", "Long Summer")
    assert insight.comes_from == "F-3X9QM, C-8N2KB, C-5R7XP, R-2K8VH (against)"
    assert insight.teams == "Long Summer and Good Company"
    assert (ask.comes_from, ask.led_to) == ("F-2M8RA, I-4K7WD", "No reply, 41 days")
    assert [row.kind for row in table(items(), threads(), TEAMS)][:14] == ["Theme"] * 14


def test_a_caption_says_what_is_left_out_and_is_empty_where_nothing_is():
    assert weave(items(), threads(), TEAMS).caption == ""
    assert weave(items(), threads(), TEAMS, wide=False).caption == "Ten knots stand for several items."


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Answer("silent", "No reply", "41 days"), "no reply for 41 days"),
        (Answer("waiting", "Asked", "6 days ago"), "asked 6 days ago"),
        (Answer("answered", "No", "with reasons"), "no, with reasons"),
        (Answer("answered", "Yes"), "yes"),
    ],
)
def test_an_answer_ends_a_line(answer, text):
    assert said(answer) == text


def test_a_heading_names_as_many_kinds_as_fit():
    made = [
        Item(f"{kind}{k}", (0,), 1, kind, "x") for kind, n in (("finding", 9), ("map", 1), ("gap", 2)) for k in range(n)
    ]
    words = PLAIN
    assert words.heading(1, made, 60) == "9 findings, 1 opinion map, 2 gaps"
    assert words.heading(1, made, 26) == "9 findings, 2 gaps, 1 more"
    assert words.heading(1, made, 20) == "9 findings, 3 more"
    assert words.heading(1, made, 5) == "12 items"
    assert words.heading(1, [], 60) == ""
    assert words.heading(2, [Item("p", (0,), 2, "problem", "x")] * 4, 60) == "4 problems"


def test_headings_may_be_given():
    svg = weave(items(), threads(), Words(NUMBERS, counts={0: "280 people"})).svg
    assert ">280 people</text>" in svg
    assert ">291 voices</text>" not in svg


def test_kinds_may_be_named_by_the_house():
    words = Words(NUMBERS, kinds={"ask": ("request", "requests")})
    assert (words.amount(2, "ask"), words.kind("odd", 2), words.kind(SEVERAL, 2)) == ("two requests", "odds", "items")


def test_lines_break_at_commas_then_words_and_end_in_an_ellipsis():
    assert lines("9 findings, 2 gaps", 14) == ["9 findings,", "2 gaps"]
    assert lines("4 problem statements", 14) == ["4 problem", "statements"]
    assert lines("Long Summer", 14) == ["Long Summer"]
    assert lines("", 14) == []
    assert all(len(line) <= 14 for line in lines("Llanfairpwllgwyngyllgogerychwyrndrobwll and friends", 14))


def test_small_words():
    assert (listed([]), listed(["a"]), listed(["a", "b", "c"])) == ("", "a", "a, b and c")
    assert (num(3), num(3.25), num(-0.5), num(10.04)) == ("3", "3.2", "-0.5", "10")
    assert cut("one two  three\nfour", 9) == "one two…"
    assert cut("a" * 20, 10) == "a" * 9 + "…"
    assert safe("<a & 'b'>\x00") == "&lt;a &amp; &#x27;b&#x27;&gt;"
