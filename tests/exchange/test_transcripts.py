"""Transcripts in WebVTT, SRT and plain text: who said what when, in the layouts that programs write."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.readers import READERS, outcome
from weft.exchange.errors import ExchangeError
from weft.exchange.tables import read_table, write_table
from weft.exchange.transcripts import (
    Transcript,
    Turn,
    as_table,
    describe,
    read_srt,
    read_text,
    read_transcript,
    read_webvtt,
)
from weft.exchange.transcripts.times import milliseconds, shown_time


def file(folder: Path, data: bytes | str) -> Path:
    path = folder / "talk"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def rows(transcript: Transcript) -> list[tuple]:
    return [(turn.speaker, turn.begins, turn.ends, transcript.said(turn)) for turn in transcript.turns]


def losses(transcript: Transcript) -> dict[str, int]:
    return {item.where: item.count for item in transcript.loss}


def assert_whole(transcript: Transcript) -> None:
    """Canonical text, every part of which is in just one turn."""
    text, turns = transcript.text, transcript.turns
    assert "\r" not in text
    assert "\n".join(text[turn.start : turn.end] for turn in turns) == text
    assert all(transcript.said(turn).strip() for turn in turns)
    assert (turns[0].start, turns[-1].end) == (0, len(text))


TEAMS = """WEBVTT

3c6d6d8e-1b2f/12-0
00:00:05.120 --> 00:00:08.000
<v José Ortega (Guest)>Good morning &amp; welcome,
everyone.</v>

3c6d6d8e-1b2f/13-0
00:00:08.000 --> 00:00:09.500
<v Ana>Thanks.</v>
"""
ZOOM = """WEBVTT

1
00:00:05.790 --> 00:00:13.514
Christina Lee: Lorem ipsum: dolor

2
00:00:13.514 --> 00:00:14.514
Bo (she/her): sit

3
00:00:15.000 --> 00:00:16.000
Christina Lee: amet
"""
OTTER = """Sidney  0:05  
Welcome to it.
So, here: we go.

Speaker 2  55:21  
Thank you at 10:30.

Sidney  1:00:21  
Bye.

Transcribed by https://otter.ai
"""  # noqa: W291
WORD = """Audio file

Your Recording 3.wav

Transcript

00:00:05 Speaker 1

Hello there.

00:00:11 Speaker 2

Hi. At 10:30.
"""
OLD_TEAMS = """0:0:0.0 --> 0:0:1.250
Jane Doe
Hi, I'm Jane Doe.
0:0:2.90 --> 0:0:4.480
John Doe
No relation.
0:0:6.90 --> 0:0:6.500
Jane Doe
Hello.
"""
LAYOUTS = {
    "Teams": (
        TEAMS,
        [
            ("José Ortega (Guest)", 5120, 8000, "Good morning & welcome,\neveryone."),
            ("Ana", 8000, 9500, "Thanks."),
        ],
    ),
    "Zoom": (
        ZOOM,
        [
            ("Christina Lee", 5790, 13514, "Lorem ipsum: dolor"),
            ("Bo (she/her)", 13514, 14514, "sit"),
            ("Christina Lee", 15000, 16000, "amet"),
        ],
    ),
    "Otter": (
        OTTER,
        [
            ("Sidney", 5000, None, "Welcome to it.\nSo, here: we go."),
            ("Speaker 2", 3321000, None, "Thank you at 10:30."),
            ("Sidney", 3621000, None, "Bye."),
            (None, None, None, "Transcribed by https://otter.ai"),
        ],
    ),
    "Word": (
        WORD,
        [
            (None, None, None, "Audio file\n\nYour Recording 3.wav\n\nTranscript"),
            ("Speaker 1", 5000, None, "Hello there."),
            ("Speaker 2", 11000, None, "Hi. At 10:30."),
        ],
    ),
    "Teams until 2023": (
        OLD_TEAMS,
        [
            ("Jane Doe", 0, 1250, "Hi, I'm Jane Doe."),
            ("John Doe", 2090, 4480, "No relation."),
            ("Jane Doe", 6090, 6500, "Hello."),
        ],
    ),
    "time, name, colon": (
        "Untitled\n\n00:00:00 Speaker 1: All right.\n\n[00:00:04] Speaker 2: Okay. Um,\nbut.\n00:01:00 Ana -: x\n",
        [
            (None, None, None, "Untitled"),
            ("Speaker 1", 0, None, "All right."),
            ("Speaker 2", 4000, None, "Okay. Um,\nbut."),
            ("Ana -", 60000, None, "x"),
        ],
    ),
    "name, time, words": (
        "Jane [0:05]: Hi.\nBo (0:15) Ho\nJane 0:25: Hey.\n",
        [("Jane", 5000, None, "Hi."), ("Bo", 15000, None, "Ho"), ("Jane", 25000, None, "Hey.")],
    ),
    "name in brackets, time": (
        "[Jane Doe] 00:00:05\nHi.\n[Bo] 00:00:15\nHo.\n",
        [("Jane Doe", 5000, None, "Hi."), ("Bo", 15000, None, "Ho.")],
    ),
    "times alone": (
        "0:05\nHi. I am\n\n0:15 Ho\n\n1:02:03.5\nEnd\n",
        [(None, 5000, None, "Hi. I am"), (None, 15000, None, "Ho"), (None, 3723500, None, "End")],
    ),
    "names before colons": (
        "Interviewer: How was it?\nMaría: Fine. Note: rain.\nWe left.\n\nInterviewer : And then?\nMaría: Nothing.\n",
        [
            ("Interviewer", None, None, "How was it?"),
            ("María", None, None, "Fine. Note: rain.\nWe left."),
            ("Interviewer", None, None, "And then?"),
            ("María", None, None, "Nothing."),
        ],
    ),
    "names in other letters": (
        "Спикер №1: Доброе утро.\n王：你好\nСпикер №1: Да\n",
        [("Спикер №1", None, None, "Доброе утро."), ("王", None, None, "你好"), ("Спикер №1", None, None, "Да")],
    ),
    "SRT with a name where the speaker changes": (
        "1\n00:00:00,638 --> 00:00:01,198\n>> ANA: Hello\n\n2\n00:00:01,279 --> 00:00:02,880\n<i>please</i> sit\n\n"
        "3\n00:00:07,444 --> 00:00:10,327\nBO: {\\an8}In &amp; out\nANA: No\n\n"
        "4\n00:00:11,000 --> 00:00:12,000\nBO: Oh\n",
        [
            ("ANA", 638, 1198, "Hello"),
            ("ANA", 1279, 2880, "please sit"),
            ("BO", 7444, 10327, "In &amp; out"),
            ("ANA", 7444, 10327, "No"),
            ("BO", 11000, 12000, "Oh"),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_the_layouts_of_programs_and_people_are_told_apart(tmp_path, text, expected, ends):
    transcript = read_transcript(file(tmp_path, "\ufeff" + text.replace("\n", ends)))
    assert rows(transcript) == expected
    assert_whole(transcript)


PROSE = [
    "We met at 10:30\nand talked. Note: this is fine.\n\nThen we left at 11:45\n",
    "Note: bring a coat.\n" + "And so on, with a long sentence.\n" * 30 + "Note: bring a hat.\n",
    "The cost: 5\n\nhttp://example.org: a page\n" + "More words.\n" * 10,
    "Just words",
    "  kept \n\n exactly\t\n\n",
    "10:30\n" + "Words.\n" * 30,
    "Saturday\n\nTea 15:00\nLunch 16:30\n",
]


@pytest.mark.parametrize("text", PROSE)
def test_what_is_no_label_stays_in_the_words(tmp_path, text):
    transcript = read_text(file(tmp_path, text))
    assert (transcript.text, rows(transcript)) == (text, [(None, None, None, text)])


def test_a_name_that_stands_there_once_is_taken_if_it_looks_like_one(tmp_path):
    text = "ANA: a\nBO: b\nANA: c\nBO: d\nCHAIR: e\nRemember: f\n"
    transcript = read_text(file(tmp_path, text + "and\n" * 2))
    assert transcript.speakers == ("ANA", "BO", "CHAIR")
    assert transcript.said(transcript.turns[-1]) == "e\nRemember: f\nand\nand"
    assert transcript.warnings == (
        "Remember stands before a colon once; it was left in the words and not taken for a speaker.",
    )


def test_voices_tags_and_characters_of_webvtt(tmp_path):
    text = (
        "WEBVTT - Talk\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE\nnot --> said\n\n"
        "first\n00:01.000 --> 00:02.000 line:0 align:start\n<v.loud.x Ana &amp; Bo>"
        "I &lt;3 <b>you</b> &amp;amp; <3&nbsp;<00:01.500>AT&T</v> so <v  Cy  D >ja <ruby>漢<rt>kan</rt></ruby> "
        "<lang en>hi</lang> &#233;&hellip;&#0;&bogus;\n\n"
        "00:03.000 --> 00:04.000\n<v Ana></v>\n\n00:05.000 --> 00:06.000\n<v>who\n"
    )
    transcript = read_webvtt(file(tmp_path, text))
    assert rows(transcript) == [
        ("Ana & Bo", 1000, 2000, "I <3 you &amp; <3\u00a0AT&T"),
        (None, 1000, 2000, "so"),
        ("Cy D", 1000, 2000, "ja 漢kan hi é…&#0;&bogus;"),
        (None, 5000, 6000, "who"),
    ]
    assert losses(transcript) == {
        "words beside and under WEBVTT": 2,
        "style sheets": 1,
        "regions": 1,
        "notes": 1,
        "names of cues": 1,
        "places of cues on the screen": 1,
        "marks of style": 2,
        "times within cues": 1,
        "readings above words": 1,
        "marks of language": 1,
        "turns without words": 1,
    }
    assert_whole(transcript)


def test_nothing_lost_means_an_empty_report(tmp_path):
    for text in (ZOOM, OTTER, WORD, OLD_TEAMS):
        assert read_transcript(file(tmp_path, text)).loss == ()


def test_one_bad_time_does_not_keep_the_rest_from_being_read(tmp_path):
    text = (
        "WEBVTT\n\n00:00:01.000 --> 00:99:02.000\nA\n\n00:00:05.000 --> 00:00:04.000\nB\n\n"
        "00:00:03.000 --> 00:00:09.000\nC\n\nno time\n\n00:00:04.000 --> 00:00:10.000\nD\n00:00:11.000 --> \nE\n"
    )
    transcript = read_webvtt(file(tmp_path, text))
    assert rows(transcript) == [
        (None, 1000, None, "A"),
        (None, 5000, 4000, "B"),
        (None, 3000, 9000, "C\nno time"),
        (None, 4000, 10000, "D"),
        (None, 11000, None, "E"),
    ]
    assert transcript.warnings == (
        "The turn at line 9 is followed by words without a time, which were added to it.",
        "Each of 2 turns (the first at line 3) has a time that cannot be read; the words are kept without it.",
        "The turn at line 6 ends before it begins; the times are kept as they stand.",
        "The turn at line 9 begins before the one above it; the times are kept as they stand.",
        "The turn at line 14 begins before the one above it ends; the times are kept as they stand.",
    )
    text = read_text(file(tmp_path, "Ana 0:05\nA\nBo 0:75\nB\nAna 0:09\nC\n"))
    assert rows(text)[1] == ("Bo", None, None, "B")
    assert text.warnings == ("The turn at line 3 has a time that cannot be read; the words are kept without it.",)


def test_srt_without_blank_lines_numbers_or_order_is_read(tmp_path):
    text = "7\n00:00:01.5 --> 0:0:2,5\nA\n3\n00:00:02 --> 00:00:03 X1:2\n42\n\n00:00:04,000-->00:00:05,000\nC\n\n9\n\n"
    transcript = read_srt(file(tmp_path, text))
    assert [row[3] for row in rows(transcript)] == ["A", "42", "C"]
    assert losses(transcript) == {"places of cues on the screen": 1}


def test_times_without_leading_zeros_count_thousandths():
    assert milliseconds("0:0:6.90", True) == 6090
    assert milliseconds("00:00:06.90") == 6900
    assert milliseconds("75:00") == 4_500_000
    assert milliseconds("1:75:00") is milliseconds("0:99") is milliseconds("soon") is milliseconds("") is None
    assert shown_time(milliseconds("100:00:00.007")) == "100:00:00.007"


def test_encodings_are_found_and_said(tmp_path):
    for encoding, is_certain in (("utf-8", True), ("utf-16", True), ("windows-1252", False)):
        transcript = read_transcript(file(tmp_path, "Café: “ja”\nCafé: no".encode(encoding)))
        assert (transcript.text, transcript.encoding, transcript.is_certain) == ("“ja”\nno", encoding, is_certain)
    polish = file(tmp_path, "Żółw".encode("windows-1250"))
    assert read_text(polish, encoding="windows-1250").text == "Żółw"
    assert ("encoding", "windows-1252, which is a guess: look at the accents") in describe(read_text(polish))


def test_offsets_count_code_points_and_letters_are_not_recomposed(tmp_path):
    words = "e\u0301 \U0001f600 \u2028 x\x0by"
    transcript = read_text(file(tmp_path, f"Ana: {words}\nBo: so\nAna: é"))
    assert transcript.turns[:2] == (Turn(0, len(words), "Ana"), Turn(len(words) + 1, len(words) + 3, "Bo"))
    assert transcript.text == f"{words}\nso\né"


def test_a_transcript_becomes_a_table_and_a_few_words(tmp_path):
    transcript = read_transcript(file(tmp_path, TEAMS))
    table = as_table(transcript)
    assert table.columns == ("speaker", "begins", "ends", "text")
    assert table.rows[1] == ("Ana", "00:00:08.000", "00:00:09.500", "Thanks.")
    assert write_table(table, tmp_path / "out.csv") == ()
    assert read_table(tmp_path / "out.csv") == table
    assert describe(transcript) == (
        ("transcript", "WebVTT"),
        ("encoding", "utf-8"),
        ("turns", "2"),
        ("speakers", "2: José Ortega (Guest), Ana"),
        ("turns without a speaker", "0"),
        ("time", "00:00:05.120 to 00:00:09.500"),
        ("characters", str(len(transcript.text))),
    )
    assert dict(describe(read_text(file(tmp_path, "a"))))["speakers"] == "none named"


REFUSED = [
    (read_transcript, b"", "holds no words."),
    (read_transcript, b" \n\t\n", "holds no words."),
    (read_transcript, b"WEBVTT\n\n", "holds no words."),
    (
        read_transcript,
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        "is an older Word file (.doc), or one with a password; save it as .docx",
    ),
    (read_transcript, b"{\\rtf1 words}", "is a rich text file (.rtf); save it as .docx."),
    (read_transcript, b"%PDF-1.7\n", "is a PDF, which holds pages and not turns; ask for it as Word, text"),
    (read_text, b"PK\x03\x04", "is a zip file, as Word files are, and no text."),
    (read_transcript, b"Ana: and so\0on and on", "line 1: the line holds a NUL character."),
    (read_transcript, b"a\n\x81", "is in no encoding that can be told; save it as UTF-8."),
    (read_webvtt, b"WEBVTTX\n", "must begin with WEBVTT, got WEBVTTX."),
    (read_webvtt, b"1\n00:00 --> 00:01\na", "must begin with WEBVTT, got 1."),
    (read_srt, b"words\n", "has no line with times, such as 00:00:01,000 --> 00:00:04,000."),
    (read_text, b"\n" * 200_001, "has 200002 lines, the most that can be read is 200000."),
    (read_text, b"a" * 16_000_001, "is larger than 16000000 bytes, the most that can be read."),
]


@pytest.mark.parametrize(("read", "data", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_transcript_is_refused(tmp_path, read, data, sentence):
    with pytest.raises(ExchangeError) as caught:
        read(file(tmp_path, data))
    assert sentence in str(caught.value)


def test_a_missing_file_is_refused(tmp_path):
    for read in (read_transcript, read_text, read_srt, read_webvtt):
        with pytest.raises(ExchangeError, match="cannot be read: No such file"):
            read(tmp_path / "none")


def word(first: str = "") -> st.SearchStrategy[str]:
    """Words of a turn: nothing that a format or a layout takes for something else."""
    letters = st.characters(categories=["L", "M", "Nd", "Po", "Sm", "So", "Zs"], exclude_characters="&<>:：{}-\u0085")
    return st.text(letters, min_size=1, max_size=12).map(lambda text: (first + " ".join(text.split())).strip())


@st.composite
def spoken(draw):
    """Turns in order of time, by speakers with plain names."""
    at, found = 0, []
    for _ in range(draw(st.integers(1, 6))):
        begins = at + draw(st.integers(0, 5_000_000))
        at = begins + draw(st.integers(1, 100_000))
        words = "\n".join(draw(st.lists(word("w"), min_size=1, max_size=3)))
        found.append((draw(st.sampled_from(["Ana", "Bo Li", "Speaker 3", "José"])), begins, at, words))
    return found


def as_webvtt(turns) -> str:
    return "WEBVTT\n\n" + "\n\n".join(
        f"{shown_time(begins)} --> {shown_time(ends)}\n<v {who}>{words}</v>" for who, begins, ends, words in turns
    )


def as_srt(turns) -> str:
    return "\n\n".join(
        f"{n}\n{shown_time(begins)} --> {shown_time(ends)}\n{who}: {words}".replace(".", ",")
        for n, (who, begins, ends, words) in enumerate(turns, 1)
    )


def as_otter(turns) -> str:
    return "\n\n".join(f"{who}  {shown_time(begins)[:-4]}\n{words}" for who, begins, _, words in turns)


@settings(max_examples=80, deadline=None)
@given(turns=spoken())
def test_what_is_written_as_webvtt_or_text_is_read_back(tmp_path_factory, turns):
    folder = tmp_path_factory.mktemp("talk")
    transcript = read_transcript(file(folder, as_webvtt(turns)))
    assert rows(transcript) == turns
    assert transcript.loss == ()
    assert_whole(transcript)
    transcript = read_transcript(file(folder, as_otter(turns)))
    assert rows(transcript) == [(who, begins // 1000 * 1000, None, words) for who, begins, _, words in turns]


@settings(max_examples=60, deadline=None)
@given(turns=spoken())
def test_what_is_written_as_srt_is_read_back(tmp_path_factory, turns):
    turns = [(who, begins, ends, words.replace(".", ",")) for who, begins, ends, words in turns * 2]
    transcript = read_transcript(file(tmp_path_factory.mktemp("talk"), as_srt(turns)))
    assert rows(transcript) == turns
    assert_whole(transcript)


PIECES = [
    "-->",
    "<v ",
    ">",
    "</v>",
    "&",
    ";",
    "\n",
    "\n\n",
    ":",
    "0:0",
    "\0",
    "\r",
    "Ana: ",
    "1:02 ",
    "[",
    "\u2028",
    "\x81",
]


@pytest.mark.parametrize("name", ["webvtt", "srt", "transcript"])
def test_any_damage_ends_in_the_one_error_or_is_read(tmp_path, name):
    reader = next(reader for reader in READERS if reader.name == name)
    draw = random.Random(5)  # noqa: S311
    for _ in range(300):
        text = reader.good.decode()
        for _ in range(draw.randrange(1, 5)):
            at = draw.randrange(len(text))
            text = text[:at] + draw.choice(PIECES) + text[at + draw.randrange(4) :]
        found = outcome(reader, file(tmp_path, text.encode()))
        if isinstance(found, Transcript):
            assert_whole(found)


@settings(max_examples=100, deadline=None)
@given(
    data=st.binary(max_size=60) | st.lists(st.sampled_from([*PIECES, "WEBVTT\n\n", "a"])).map("".join).map(str.encode)
)
def test_any_bytes_end_in_the_one_error_or_are_read(tmp_path_factory, data):
    try:
        found = read_transcript(file(tmp_path_factory.mktemp("bytes"), data))
    except ExchangeError:
        return
    assert_whole(found)
