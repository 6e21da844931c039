"""Markdown, citations and taking words out."""

import pytest

from weft.core.markdown import markdown
from weft.core.text import Runs, Whose, citations


def test_markdown_shows_raw_html_as_text():
    html = markdown("Hello <script>alert(1)</script> **there**")
    assert "<script>" not in html
    assert "<strong>there</strong>" in html


def test_links_of_unsafe_schemes_are_not_links():
    assert "javascript:" not in markdown("[x](javascript:alert(1))").replace("[x](javascript:alert(1))", "")
    assert 'href="https://example.org"' in markdown("[x](https://example.org)")


def test_headings_stand_below_those_of_the_page():
    html = markdown("# One\n\n## Two")
    assert "<h3" in html
    assert "<h4" in html
    assert "<h1" not in html


def test_citations_are_found_once_each_in_order():
    assert citations("[[F-7K3QD]] and [[s-2H6QB]], again [[F-7K3QD]]") == ["F-7K3QD", "S-2H6QB"]
    assert "<cite>F-7K3QD</cite>" not in markdown("`[[F-7K3QD]]`")


SAID = "I would bring them to the pool, but four bus fares is our food for a day."


def redact(text: str, said: str, mark: str) -> str:
    return Runs.of(said).redact(text, mark)


def test_repeated_words_are_taken_out_however_they_are_written():
    text = "A parent told us that “Four bus  fares is OUR food for a day” and we listened."
    assert redact(text, SAID, "(gone)") == "A parent told us that “(gone)” and we listened."
    assert Runs.of(SAID).spans("Four bus fares is our food. Cheap.") == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("See [four bus fares is our food for](https://example.org/a) a day.", "See (gone)."),
        ("See [bus fares is our food](https://example.org/a) for a day.", "See (gone)."),
        ("[We: four bus fares is our food for a day!](https://example.org/a)", "[We: (gone)!](https://example.org/a)"),
        ("[Our news](https://example.org/four-bus-fares-is-our-food-for-a-day) told.", None),
        ("It is on https://example.org/four-bus-fares-is-our-food-for-a-day today.", None),
        ("Four bus fares is our [[F-7K3QD]], food for a day.", "(gone) [[F-7K3QD]], (gone)."),
        ("I would bring them to the pool, but four [[F-7K3QD]]", "(gone) [[F-7K3QD]]"),
    ],
)
def test_no_mark_lands_in_a_link_or_a_citation(text: str, left: str | None):
    assert redact(text, SAID, "(gone)") == (left or text)


def test_a_mark_that_stands_already_is_left_whole():
    said = f"{SAID} (words taken back on 12 August 2026; mark 4K7Q2) So it is."
    assert redact(said, said, "(gone)") == "(gone). (words taken back on 12 August 2026; mark 4K7Q2) So it is."


def test_a_mark_is_shown_as_one_and_never_inside_an_attribute():
    mark = "(words taken back on 12 August 2026)"
    shown = markdown(f'They said {mark} and [so](https://example.org "{mark}").')
    assert shown.count("<span") == 1
    assert f'They said <span class="weft-redacted">{mark}</span> and' in shown


def test_a_short_saying_is_taken_out_whole():
    assert redact("They said: no way home. Sad.", "No way home", "(gone)") == "They said: (gone). Sad."


def test_nothing_said_takes_nothing_out():
    assert redact("Some text", "", "(gone)") == "Some text"


def test_words_of_scripts_without_spaces_are_found_too():
    said = "我们需要更多的公交车，晚上没有公交车回家。"
    assert (
        redact("一位家长说：“晚上没有公交车回家”，我们听到了。", said, "(gone)") == "一位家长说：“(gone)”，我们听到了。"
    )
    assert redact("晚上很好。", said, "(gone)") == "晚上很好。"


def test_vowel_signs_belong_to_their_word():
    said = "আমাদের আরও বাস দরকার এখন"
    assert Runs.of(said).size == 5
    assert redact("আমাদের আরও ভালো", said, "(gone)") == "আমাদের আরও ভালো"


def test_whose_words_a_text_repeats_is_found_in_one_look():
    said = [SAID, "Four bus fares.", "The pool is cold and far from where we live.", "", "four BUS fares"]
    runs = [Runs.of(one) for one in said]
    for text in (
        f"They said: “{SAID}”",
        "But four bus fares is our food for a day, and the pool is cold and far from where we live.",
        "(words taken back on 30 November 2026; mark ABCDE) Four bus fares? [four bus fares](/f)",
        "Nobody said this.",
    ):
        assert Whose(runs).repeated_in(text) == {number for number, one in enumerate(runs) if one.spans(text)}
    assert Whose(runs).repeated_in(SAID) == {0, 1, 4}
