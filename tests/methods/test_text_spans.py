import doctest
import json
import os
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.methods.polis_texts import needs_texts, statements
from weft.methods.text_spans import READINGS, ForeignSelection, Selector, canonical, decode, reanchor, select
from weft.methods.text_spans.anchor import _edits

SHARED = Path(os.environ.get("WEFT_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "refi-qda"
QDA = "{urn:QDA-XML:project:1.0}"
needs_projects = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared REFI-QDA projects are not here")


@pytest.mark.parametrize("module", ["selector", "anchor", "readings"])
def test_the_examples_in_the_docstrings_run(module):
    found = doctest.testmod(sys.modules[f"weft.methods.text_spans.{module}"])
    assert found.attempted > 0
    assert found.failed == 0


# Selectors


@given(st.text(alphabet="a\r\n\ufeff🙂", max_size=20))
def test_a_canonical_text_has_single_line_feeds_and_stays_the_same(text):
    plain = canonical(text)
    assert "\r" not in plain
    assert not plain.startswith("\ufeff")
    assert plain == canonical(plain)


def test_a_text_is_not_normalised():
    assert canonical("e\u0301 \ufb01") == "e\u0301 \ufb01"


def test_context_has_at_most_32_code_points_on_each_side():
    selector = select("🙂" * 40 + "warm" + "x" * 40, 40, 44)
    assert selector == Selector(40, 44, "warm", "🙂" * 32, "x" * 32)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 6)])
def test_a_selection_must_lie_in_its_text(start, end):
    message = rf"A selection must have 0 <= start < end <= 5, got {start}\.\.{end}\."
    with pytest.raises(ValueError, match=message):
        select("12345", start, end)


# Finding a passage again

TEXT = "Ama: It was warm. We sat down.\nBo: It was cold. We went home.\nCy: It was warm. Nobody came."


def place(text, anchor):
    return None if anchor.start is None else text[anchor.start : anchor.end]


def test_an_untouched_passage_is_in_the_same_place():
    anchor = reanchor(TEXT, select(TEXT, 5, 16))
    assert (anchor.start, anchor.end, anchor.how, anchor.distance) == (5, 16, "same place", 0)


def test_a_passage_that_stands_once_at_its_place_needs_no_context():
    new = "Jo: " + TEXT[4:]
    anchor = reanchor("xxxx" + TEXT[4:], select(TEXT, 31, 47))
    assert anchor.how == "same place"
    assert place(new, anchor) == "Bo: It was cold."


def test_a_moved_passage_is_found_by_the_words_around_it():
    selector = select(TEXT, TEXT.index("It was warm. Nobody"), TEXT.index(" Nobody"))
    new = "A new first line.\n" + TEXT
    anchor = reanchor(new, selector)
    assert (anchor.how, anchor.distance) == ("moved", 0)
    assert new[anchor.end :].startswith(" Nobody")


def test_the_old_place_counts_only_with_the_old_words_before_it():
    # The same words now stand at the old start by chance, and the old ones further on.
    text = "A said: yes, do. B said: no."
    selector = select(text, 8, 11)
    new = "C wrote yes. A said: yes, do. B said: no."
    anchor = reanchor(new, selector)
    assert (anchor.how, anchor.start) == ("moved", 21)


def test_two_places_with_equal_context_are_for_a_person():
    anchor = reanchor("x yes x and x yes x", Selector(40, 43, "yes", "x ", " x"))
    assert (anchor.start, anchor.end, anchor.how) == (None, None, "lost")


def test_an_edited_passage_keeps_its_edits():
    selector = select(TEXT, 5, 30)
    new = TEXT.replace("We sat down", "We all sat down")
    anchor = reanchor(new, selector)
    assert (anchor.how, anchor.distance) == ("edited", 4)
    assert place(new, anchor) == "It was warm. We all sat down."[:29]


def test_a_deleted_passage_is_lost():
    selector = select(TEXT, 31, 61)
    anchor = reanchor(TEXT[:31] + TEXT[62:], selector)
    assert (anchor.start, anchor.how) == (None, "lost")
    assert anchor.distance > 6
    assert reanchor("", selector).how == "lost"


def test_one_edit_is_accepted_in_a_short_quote_and_two_are_not():
    assert reanchor("we had a cut", Selector(9, 12, "cat", "we had a ", "")).how == "edited"
    assert reanchor("we had a cup", Selector(9, 12, "cat", "we had a ", "")).how == "lost"


def test_two_places_as_near_without_context_are_for_a_person():
    selector = Selector(0, 10, "warm place", "", "")
    assert reanchor("warm plate and warm plane", selector).how == "lost"
    assert reanchor("warm plate and warm plane", Selector(15, 25, "warm place", "and ", "")).start == 15


@given(st.text(alphabet="abc ", min_size=1, max_size=30), st.data())
def test_nothing_changed_means_the_same_place(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = reanchor(text, select(text, start, end))
    assert (anchor.start, anchor.end, anchor.how) == (start, end, "same place")


@given(st.text(alphabet="abcdefgh", max_size=20), st.text(alphabet="abcdefgh", max_size=20))
def test_a_passage_with_words_of_its_own_is_found_whatever_stands_around_it(before, after):
    selector = select("aaaa" + "WXYZ" + "bbbb", 4, 8)
    anchor = reanchor(before + "WXYZ" + after, selector)
    assert (anchor.start, anchor.end) == (len(before), len(before) + 4)
    assert anchor.how == ("same place" if len(before) == 4 else "moved")


def plain_distance(one, other):
    row = list(range(len(other) + 1))
    for at, left in enumerate(one, 1):
        new = [at]
        for j, right in enumerate(other, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (left != right)))
        row = new
    return row[-1]


@settings(max_examples=80)
@given(st.text(alphabet="ab ", max_size=9), st.text(alphabet="abc", min_size=1, max_size=6))
def test_edits_equal_the_plain_distance_to_every_part_of_the_text(text, quote):
    distance, starts = _edits(text, quote)
    for end in range(len(text) + 1):
        every = [plain_distance(quote, text[start:end]) for start in range(end + 1)]
        assert distance[end] == min(every)
        assert every[starts[end]] == min(every)


@needs_texts
def test_passages_of_real_texts_survive_edits_around_them_and_mostly_inside_them():
    lines = statements("american-assembly.bowling-green")
    rng = np.random.default_rng(0)
    found = {"outside": 0, "inside": 0, "deleted": 0}
    for _ in range(60):
        text = canonical("\n".join(lines[at] for at in rng.choice(len(lines), 40, replace=False)))
        length = int(rng.integers(40, 161))
        start = int(rng.integers(60, len(text) - length - 60))
        end = start + length
        selector = select(text, start, end)
        outside = f"{text[: start - 50]}new words {text[start - 40 : end + 40]} and more{text[end + 45 :]}"
        anchor = reanchor(outside, selector)
        found["outside"] += place(outside, anchor) == selector.quote and anchor.start == start
        middle = start + length // 2
        inside = f"{text[:middle]}, yes,{text[middle + 2 :]}"
        anchor = reanchor(inside, selector)
        found["inside"] += (anchor.start, anchor.end, anchor.how) == (start, end + 4, "edited")
        found["deleted"] += reanchor(text[:start] + text[end:], selector).how == "lost"
    assert found == {"outside": 60, "inside": 60, "deleted": 60}


# Reading other programs' places


def project(name, with_names=True):
    """The text of each source with its selections, from a project file."""
    with zipfile.ZipFile(SHARED / f"{name}.qdpx") as archive:
        names = {entry.lower(): entry for entry in archive.namelist()}
        root = ElementTree.fromstring(archive.read(names["project.qde"]))  # noqa: S314 our own files
        sources = []
        for source in root.iter(f"{QDA}TextSource"):
            entry = names.get("sources/" + source.get("plainTextPath", "").removeprefix("internal://").lower())
            chosen = [
                ForeignSelection(
                    one.get("guid"),
                    int(one.get("startPosition")),
                    int(one.get("endPosition")),
                    (one.get("name") or "") if with_names else "",
                )
                for one in source.iter(f"{QDA}PlainTextSelection")
            ]
            sources.append((archive.read(entry).decode() if entry else None, chosen))
    return sources


@needs_projects
@pytest.mark.parametrize(
    ("name", "with_names", "reading", "scores"),
    [
        ("synthetic-nvivo-dialect", True, "UTF-16 CRLF", (0.688, 1.0, 0.625, 0.562)),
        ("synthetic-spec-dialect", True, "code point LF", (1.0, 0.175, 0.271, 0.229)),
        ("synthetic-spec-dialect", False, "code point LF", (1.0, 0.438, 0.812, 0.688)),
    ],
)
def test_the_reading_of_a_project_is_found(name, with_names, reading, scores):
    sources = project(name, with_names)
    decoded = decode(sources)
    assert (decoded.reading, decoded.ambiguous, decoded.problems) == (reading, False, ())
    assert [decoded.scores[one] for one in READINGS] == pytest.approx(scores, abs=0.0006)
    text = canonical(sources[0][0])
    expected = json.loads((SHARED / f"{name}.expected.json").read_text())["selections"]
    passages = {guid: text[start:end] for guid, (start, end) in decoded.spans.items()}
    assert passages == {one["selection_guid"]: one["text_with_lf"] for one in expected}


@needs_projects
def test_selections_without_a_text_are_reported():
    decoded = decode(project("atlasti8-mac-standard-project"))
    assert len(decoded.without_text) > 0
    assert (decoded.spans, decoded.problems, decoded.ambiguous) == ({}, (), False)


def written(text, start, end, reading):
    """The places another program would have written."""

    def offset(at):
        wide = 1 if reading.startswith("code") else 2
        extra = text[:at].count("\n") if reading.endswith("CRLF") else 0
        return sum(wide if character > "\uffff" else 1 for character in text[:at]) + extra

    return offset(start), offset(end)


passages = st.text(alphabet="ab \n🙂車", min_size=2, max_size=25)


@given(passages, st.sampled_from(READINGS), st.data())
def test_a_selection_comes_back_from_every_reading(text, reading, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    chosen = [ForeignSelection("g", *written(text, start, end, reading))]
    decoded = decode([(text, chosen)], reading)
    assert decoded.reading == reading
    assert decoded.spans == {"g": (start, end)}
    assert not decoded.ambiguous


@given(
    st.lists(st.sampled_from(["warm 🙂", "no\n", "tea 🫖, ", "bus\n"]), min_size=3, max_size=9),
    st.sampled_from(READINGS),
)
def test_names_settle_the_reading(parts, reading):
    text = "Start " + "".join(parts) + "Somewhere to sit down. End"
    ends = [0, *np.cumsum([len(part) for part in ("Start ", *parts, "Somewhere to sit down.")])]
    spans = {f"g{at}": span for at, span in enumerate(pairwise(map(int, ends))) if text[span[0] : span[1]].strip()}
    chosen = [
        ForeignSelection(guid, *written(text, start, end, reading), text[start : start + 20])
        for guid, (start, end) in spans.items()
    ]
    decoded = decode([(text, chosen)])
    assert decoded.scores[reading] == max(decoded.scores.values())
    assume(not decoded.ambiguous)
    assert decoded.spans == spans


def test_equal_scores_with_the_same_passages_ask_nothing():
    decoded = decode([("plain words", [ForeignSelection("g", 0, 5)])])
    assert (decoded.reading, decoded.ambiguous) == ("code point LF", False)
    assert set(decoded.scores.values()) == {1.0}


def test_equal_scores_with_different_passages_ask_a_person():
    # After the line end, code points give "bb" and two units a line end give "aa".
    decoded = decode([("\naa bb aa bb", [ForeignSelection("g", 4, 6)])])
    assert decoded.scores["code point LF"] > decoded.scores["UTF-16 CRLF"]
    decoded = decode([("\n.. ..", [ForeignSelection("g", 1, 2)])])
    assert decoded.scores["code point LF"] == 1.0
    decoded = decode([("\n....", [ForeignSelection("g", 2, 3)])])
    assert decoded.ambiguous
    assert decoded.reading == "code point LF"
    assert decode([("\n....", [ForeignSelection("g", 2, 3)])], "UTF-16 CRLF").spans == {"g": (1, 2)}


def test_scripts_without_spaces_have_no_words_to_cut():
    decoded = decode([("計程車司機", [ForeignSelection("g", 1, 3)])])
    assert decoded.scores["code point LF"] == 1.0
    assert decode([("taxidriver", [ForeignSelection("g", 1, 3)])]).scores["code point LF"] == 0.5


def test_a_name_that_ends_in_dots_is_compared_without_them():
    good = decode([("It was warm inside, always.", [ForeignSelection("g", 0, 26, "It was  warm…")])])
    wrong = decode([("It was warm inside, always.", [ForeignSelection("g", 0, 26, "It was cold..")])])
    assert good.scores["code point LF"] > wrong.scores["code point LF"]
    assert wrong.scores["code point LF"] == pytest.approx(4 / 12)


def test_a_short_name_counts_for_nothing():
    decoded = decode([("It was warm.", [ForeignSelection("g", 0, 12, "note 1")])])
    assert decoded.scores["code point LF"] == 1.0


def test_selections_of_no_length_are_kept_apart():
    decoded = decode([("one two", [ForeignSelection("g", 3, 3), ForeignSelection("h", 0, 3)])])
    assert decoded.empty == ("g",)
    assert decoded.spans == {"h": (0, 3)}


def test_a_selection_outside_its_text_is_reported_and_the_others_are_read():
    decoded = decode([("one two", [ForeignSelection("g", 3, 99), ForeignSelection("h", 0, 3)])])
    assert decoded.problems == ("Selection g has positions 3..99, which no reading places inside the text.",)
    assert decoded.spans == {"g": None, "h": (0, 3)}


def test_a_selection_that_only_another_reading_places_is_reported():
    decoded = decode([("one\n", [ForeignSelection("g", 0, 5)])], "code point LF")
    expected = "Selection g has positions 0..5, which the reading code point LF does not place inside the text."
    assert decoded.problems == (expected,)


def test_a_place_inside_a_pair_is_no_place():
    assert decode([("🙂 a", [ForeignSelection("g", 1, 4)])], "UTF-16 LF").spans == {"g": None}
    assert decode([("a\nb", [ForeignSelection("g", 2, 4)])], "code point CRLF").spans == {"g": None}


def test_an_unknown_reading_is_named():
    message = "reading must be one of code point LF, UTF-16 CRLF, code point CRLF, UTF-16 LF, got bytes."
    with pytest.raises(ValueError, match=r"\.$") as error:
        decode([], "bytes")
    assert str(error.value) == message
