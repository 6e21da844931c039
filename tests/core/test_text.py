"""Markdown, citations and taking words out."""

from weft.core.text import citations, markdown, quoted_spans, redact


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


def test_repeated_words_are_taken_out_however_they_are_written():
    said = "I would bring them to the pool, but four bus fares is our food for a day."
    text = "A parent told us that “Four bus  fares is OUR food for a day” and we listened."
    assert redact(text, said, "(gone)") == "A parent told us that “(gone)” and we listened."
    assert quoted_spans("Four bus fares are cheap", said) == []


def test_a_short_saying_is_taken_out_whole():
    assert redact("They said: no way home. Sad.", "No way home", "(gone)") == "They said: (gone). Sad."


def test_nothing_said_takes_nothing_out():
    assert redact("Some text", "", "(gone)") == "Some text"


def test_a_word_or_two_take_nothing_out():
    assert redact("The bus and the pool", "the", "(gone)") == "The bus and the pool"
    assert redact("The bus and the pool", "the bus", "(gone)") == "The bus and the pool"
