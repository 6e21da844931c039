"""Sentences in a Markdown text."""

import pytest

from weft.provenance.sentences import blocks, marked, sentences


def texts(source: str) -> list[str]:
    return [one.text for one in sentences(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("It cost 3.5 pounds. Cheap.", ["It cost 3.5 pounds.", "Cheap."]),
        ("Some, e.g. the young, walk.", ["Some, e.g. the young, walk."]),
        ("Dr. J. Smith came. He sat.", ["Dr. J. Smith came.", "He sat."]),
        ("We had a plan B. Then it rained.", ["We had a plan B.", "Then it rained."]),
        ("Buses, taxis etc. Nothing else.", ["Buses, taxis etc.", "Nothing else."]),
        ("“Stop!” he said. We did.", ["“Stop!” he said.", "We did."]),
        ("Why? Because.", ["Why?", "Because."]),
        ("It went on... and on.", ["It went on... and on."]),
        ("# A heading\n\nText\nover lines", ["A heading", "Text\nover lines"]),
        ("- one\n- two. Three.", ["one", "two.", "Three."]),
        ("> Said one.\n> Said two.", ["Said one.", "Said two."]),
        ("الحافلة متأخرة. هل هذا صحيح؟ نعم.", ["الحافلة متأخرة.", "هل هذا صحيح؟", "نعم."]),
        ("バスがない。歩く。", ["バスがない。", "歩く。"]),
        ("", []),
        ("---", []),
    ],
)
def test_where_sentences_end(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_a_citation_after_the_full_stop_belongs_to_the_sentence_before() -> None:
    found = sentences("No bus. [[F-7K3QD]] [[Y-22222]] They walk [[F-33333]]. Nobody knows.")
    assert [one.codes for one in found] == [("F-7K3QD", "Y-22222"), ("F-33333",), ()]
    assert [one.codes for one in sentences("She said “It is late.” [[F-7K3QD]]. So it is.")] == [("F-7K3QD",), ()]


def test_a_row_of_a_table_is_one_sentence_and_its_head_is_none() -> None:
    found = sentences("|what|how many|\n|-|-|\n|bus|3 [[F-7K3QD]]|\n|taxi|none|")
    assert [(one.text, one.codes) for one in found] == [("bus | 3 [[F-7K3QD]]", ("F-7K3QD",)), ("taxi | none", ())]


def test_line_breaks_do_not_change_the_hash() -> None:
    assert sentences("One two\nthree.")[0].hash == sentences("One  two three.")[0].hash
    assert sentences("One.")[0].hash != sentences("Two.")[0].hash


def test_blocks_are_the_outermost() -> None:
    found = blocks("# Head\n\nText [[F-7K3QD]].\n\n- a\n- b\n\n> said")
    assert [block.source for block in found] == ["# Head", "Text [[F-7K3QD]].", "- a\n- b", "> said"]
    assert found[1].codes == ["F-7K3QD"]


def test_marks_stand_behind_their_sentences() -> None:
    html = marked("**One.** Two [[F-7K3QD]].\n\n- three", after=lambda s: "" if s.codes else "<sup>x</sup>")
    assert html == (
        "<p><strong>One.</strong><sup>x</sup> Two <cite>F-7K3QD</cite>.</p>\n<ul>\n<li>three<sup>x</sup></li>\n</ul>\n"
    )


def test_nobody_can_write_a_mark_themselves() -> None:
    assert "\ue000" not in marked("A\ue0000\ue001 b. C.", after=lambda _: "!")
    assert marked("<script>x</script> a.", after=lambda _: "") == "<p>&lt;script&gt;x&lt;/script&gt; a.</p>\n"
