"""Calendar files: written, read again and by another reader; damaged ones."""

import random
import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.exchange.calendar import Calendar, Event, Organiser, as_ical, describe, read_calendar, write_calendar
from weft.exchange.calendar.zones import time_zone
from weft.exchange.errors import ExchangeError

LONDON = ZoneInfo("Europe/London")
STAMP = datetime(2026, 11, 24, 12, tzinfo=UTC)
MEETING = Event(
    "meeting-1@pell.example",
    datetime(2026, 3, 28, 18, 30, tzinfo=LONDON),
    "Łódź: “a meeting”, with tea; and 🧵🧶👩‍👩‍👧‍👦 who go on until the line folds, twice — ünïcödé",
    datetime(2026, 3, 29, 20, 0, tzinfo=LONDON),
    "First line\nsecond \\n line, with ; signs: “these”",
    "Town hall, Pell; room 2",
    "https://pell.example/m/1?a=1,2;3",
    "confirmed",
    ("learning, journey", "a;b\\c", "é"),
    3,
    Organiser("ana@pell.example", 'Ana "A." Żak; Pell'),
)
DUE = Event("ask-7", date(2026, 5, 1), "Answer due", is_busy=False)
DAYS = Event("days", date(2026, 5, 1), "Activity days", date(2026, 5, 3))
PELL = Calendar((MEETING, DUE, DAYS), "Pell – meetings", "What is on", "https://pell.example/", timedelta(hours=12))


def test_a_calendar_comes_back_and_loses_nothing(tmp_path):
    path = tmp_path / "x.ics"
    assert write_calendar(PELL, path, STAMP) == ()
    found = read_calendar(path)
    assert (found, found.loss) == (PELL, ())
    assert [one.name for one in tmp_path.iterdir()] == ["x.ics"]


def test_the_file_keeps_to_the_letter_of_the_standard():
    data = as_ical(PELL, STAMP)
    assert data == as_ical(PELL, STAMP)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") for line in lines[:-1])
    text = data.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Weft//Weft//EN\r\n")
    for line in (
        "NAME:Pell – meetings",
        "X-WR-CALNAME:Pell – meetings",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "DTSTART;TZID=Europe/London:20260328T183000",
        "DTSTART;VALUE=DATE:20260501",
        "DTEND;VALUE=DATE:20260504",
        "DTSTAMP:20261124T120000Z",
        "TRANSP:TRANSPARENT",
        "STATUS:CONFIRMED",
        "SEQUENCE:3",
    ):
        assert f"\r\n{line}\r\n" in text


def test_another_reader_finds_the_same():
    calendar = icalendar.Calendar.from_ical(as_ical(PELL, STAMP))
    meeting, due, days = calendar.walk("VEVENT")
    assert (str(meeting["SUMMARY"]), str(meeting["DESCRIPTION"])) == (MEETING.summary, MEETING.description)
    assert (meeting.start, meeting.end) == (MEETING.starts, MEETING.ends)
    assert tuple(map(str, meeting.categories)) == MEETING.categories
    assert meeting["ORGANIZER"] == "mailto:ana@pell.example"
    assert meeting["ORGANIZER"].params["CN"] == 'Ana "A." Żak; Pell'
    assert (due.start, days.start, days.end) == (DUE.starts, DAYS.starts, date(2026, 5, 4))
    assert calendar.get_missing_tzids() == set()


def test_the_rules_of_a_zone_are_in_the_time_before_each_change():
    lines = time_zone("Europe/London", 2026, 2027).to_ical().decode().split("\r\n")
    assert lines == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/London",
        *("BEGIN:STANDARD", "DTSTART:20260101T000000", "TZNAME:GMT", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000"),
        "END:STANDARD",
        *("BEGIN:DAYLIGHT", "DTSTART:20260329T010000", "RDATE:20270328T010000", "TZNAME:BST"),
        *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "END:DAYLIGHT"),
        *("BEGIN:STANDARD", "DTSTART:20261025T020000", "RDATE:20271031T020000", "TZNAME:GMT"),
        *("TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "END:STANDARD"),
        "END:VTIMEZONE",
        "",
    ]


@pytest.mark.parametrize(
    "name", ["Europe/London", "Europe/Dublin", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tokyo"]
)
def test_the_rules_of_a_zone_give_the_same_differences_as_the_zone(name):
    rules = time_zone(name, 2024, 2027)
    onsets = sorted(
        (onset - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td)
        for part in rules.subcomponents
        for onset in [part["DTSTART"].dt, *(one.dt for one in (part["RDATE"].dts if "RDATE" in part else []))]
    )
    zone = ZoneInfo(name)
    for hour in range(0, 3 * 365 * 24, 7):
        moment = datetime(2024, 6, 1) + timedelta(hours=hour)
        ruled = [offset for onset, offset in onsets if onset <= moment][-1]
        assert moment.replace(tzinfo=UTC).astimezone(zone).utcoffset() == ruled


def test_what_a_calendar_cannot_say_is_in_the_loss_report(tmp_path):
    again = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1)
    event = Event(
        "a\rb",
        again,
        "Bell \x07",
        datetime(2026, 10, 26, tzinfo=timezone(timedelta(hours=2))),
        "one\r\ntwo",
        categories=("", "a"),
    )
    plain = Event("plain", datetime(2026, 1, 1, 10, 0, 0, 5, tzinfo=UTC), "x")
    loss = write_calendar(Calendar((event, plain), url="no address"), tmp_path / "x.ics", STAMP)
    assert [(item.where, item.kind) for item in loss] == [
        ("calendar, url", "left out"),
        ("event a\\rb, uid", "changed"),
        ("event a\\rb, starts", "changed"),
        ("event a\\rb, summary", "changed"),
        ("event a\\rb, ends", "changed"),
        ("event a\\rb, description", "changed"),
        ("event a\\rb, categories", "changed"),
        ("event plain, starts", "changed"),
    ]
    found = read_calendar(tmp_path / "x.ics").events[0]
    assert found.starts == again.astimezone(UTC)


THEIRS = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-TIMEZONE:Europe/London
X-WR-CALNAME:Theirs
X-OWNER:x
BEGIN:VTIMEZONE
TZID:Odd
BEGIN:STANDARD
DTSTART:19700101T000000
RRULE:FREQ=SECONDLY
TZOFFSETFROM:+0000
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTART:20260501T100000
DURATION:P1DT2H
RRULE:FREQ=SECONDLY
SUMMARY;LANGUAGE=en:Fol
 ded
STATUS:MAYBE
ATTENDEE:mailto:x@example.org
ATTENDEE:mailto:y@example.org
ORGANIZER:urn:x
BEGIN:VALARM
ACTION:DISPLAY
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:1
RECURRENCE-ID:20260501T100000
DTSTART:20260502T100000
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;TZID=GMT Standard Time:20260501T100000
DTEND;TZID="/example.org/Europe/London":20260501T110000
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART;TZID=Odd:20260501T100000
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART;VALUE=DATE:20260501
DURATION:P2D
END:VEVENT
BEGIN:VTODO
UID:5
END:VTODO
END:VCALENDAR
"""


def test_calendars_of_others_are_read(tmp_path):
    path = tmp_path / "x.ics"
    path.write_text(THEIRS)
    found = read_calendar(path)
    ten = datetime(2026, 5, 1, 10, tzinfo=LONDON)
    assert found == Calendar(
        (
            Event("1", ten, "Folded", ten + timedelta(days=1, hours=2)),
            Event("2", ten, "", ten + timedelta(hours=1)),
            Event("4", date(2026, 5, 1), "", date(2026, 5, 2)),
        ),
        "Theirs",
    )
    assert [item.where for item in found.loss] == [
        "line 24, property ATTENDEE",
        "event 1, RRULE",
        "event 1, property ORGANIZER",
        "event 1, property STATUS",
        "event 1, property ATTENDEE",
        "event 1, VALARM",
        "event 1",
        "event 3",
        "line 49",
        "calendar, property X-OWNER",
    ]


def test_a_length_in_hours_is_counted_over_the_change_of_the_clock(tmp_path):
    path = tmp_path / "x.ics"
    for length, ends in (
        ("PT24H", datetime(2026, 3, 29, 13, tzinfo=LONDON)),
        ("P1D", datetime(2026, 3, 29, 12, tzinfo=LONDON)),
    ):
        event = f"UID:1\nDTSTART;TZID=Europe/London:20260328T120000\nDURATION:{length}\n"
        path.write_bytes(wrapped("", event))
        assert read_calendar(path).events[0].ends == ends


def test_times_of_no_zone_are_left_out_and_said(tmp_path):
    path = tmp_path / "x.ics"
    path.write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260501T100000\nEND:VEVENT\nEND:VCALENDAR")
    found = read_calendar(path)
    assert found.events == ()
    assert [item.why for item in found.loss] == ["Its time is of no time zone."]


def test_what_is_in_a_calendar_is_told():
    assert describe(PELL) == (
        ("name", "Pell – meetings"),
        ("events", "3"),
        ("of whole days", "2"),
        ("confirmed", "1"),
        ("from", "2026-03-28 to 2026-05-01"),
    )


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60) | st.sampled_from(
    ["a\nb", "\\n", ";,:\"'^n"]
)
zones = st.sampled_from(["UTC", "Europe/London", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe"]).map(
    ZoneInfo
)
times = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=zones, allow_imaginary=False)
spans = st.tuples(times, st.none() | st.timedeltas(timedelta(), timedelta(days=9))).map(
    lambda span: (span[0], span[1] and (span[0].astimezone(UTC) + span[1]).astimezone(span[0].tzinfo))
)
days = st.dates(date(1950, 1, 1), date(2100, 1, 1))
day_spans = st.tuples(days, st.none() | st.timedeltas(timedelta(), timedelta(days=9))).map(
    lambda span: (span[0], None if span[1] is None else span[0] + timedelta(days=span[1].days))
)


def events(words):
    return st.builds(
        lambda span, uid, summary, **more: Event(uid, span[0], summary, span[1], **more),
        spans | day_spans,
        words.filter(lambda uid: uid.strip() and re.sub(r"[\x00-\x20\x7f]", "", uid)),
        words,
        description=words,
        place=words,
        url=st.sampled_from(["", "https://pell.example/é?a,b;c"]),
        status=st.sampled_from(["", "tentative", "confirmed", "cancelled"]),
        categories=st.lists(words, max_size=3).map(tuple),
        sequence=st.integers(0, 99),
        organiser=st.none() | st.builds(Organiser, st.just("a.b+c@pell.example"), words),
        is_busy=st.booleans(),
    )


@settings(max_examples=80, deadline=None)
@given(
    found=st.lists(
        events(plain) | events(text), max_size=3, unique_by=lambda event: re.sub(r"[\x00-\x1f\x7f]", "", event.uid)
    )
)
def test_any_calendar_comes_back_but_for_what_is_said(tmp_path_factory, found):
    folder = tmp_path_factory.mktemp("calendar")
    calendar = Calendar(tuple(found), "é")
    loss = write_calendar(calendar, folder / "1.ics", STAMP)
    back = read_calendar(folder / "1.ics")
    assert back.loss == ()
    if not loss:
        assert back == calendar
    assert write_calendar(back, folder / "2.ics", STAMP) == ()
    assert (folder / "1.ics").read_bytes() == (folder / "2.ics").read_bytes()
    assert len(icalendar.Calendar.from_ical((folder / "1.ics").read_bytes()).walk("VEVENT")) == len(found)


@pytest.mark.parametrize("name", ["\\", "a = b", "^n ^' ^^", "a;b:c,d", "é|’", 'say "so"'])
def test_any_name_of_an_organiser_comes_back_here_and_elsewhere(tmp_path, name):
    calendar = Calendar((Event("a", date(2026, 5, 1), "x", organiser=Organiser("a@b.example", name)),))
    assert write_calendar(calendar, tmp_path / "x.ics", STAMP) == ()
    assert read_calendar(tmp_path / "x.ics") == calendar
    (event,) = icalendar.Calendar.from_ical((tmp_path / "x.ics").read_bytes()).walk("VEVENT")
    assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == ("mailto:a@b.example", name)


def test_every_zone_of_the_world_can_be_written():
    for name in sorted(available_timezones())[::12]:
        moment = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo(name))
        assert b"BEGIN:VEVENT" in as_ical(Calendar((Event("a", moment, "x"),)), STAMP)


NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
UNWRITABLE = [
    (Event("", NOON, "x"), "event 1, key uid: nothing is empty or there twice."),
    (Event("\x00", NOON, "x"), "key uid: nothing is empty or there twice."),
    (Event("a", datetime(2026, 5, 1), "x"), "key starts: must say its time zone."),
    (Event("a", NOON, "x", date(2026, 5, 1)), "key ends: must be a day where the other is a day"),
    (Event("a", date(2026, 5, 1), "x", NOON), "key ends: must be a day where the other is a day"),
    (Event("a", NOON, "x", NOON - timedelta(1)), "key ends: is before it starts."),
    (Event("a", date(1066, 10, 14), "x"), "key starts: must be from 1900 to 2200."),
    (Event("a", NOON, "x", status="perhaps"), "key status: must be one of tentative, confirmed, cancelled."),
    (Event("a", NOON, "x", sequence=-1), "key sequence: must be a whole number"),
    (Event("a", NOON, "x", url="pell"), "key url: must be a whole address"),
    (Event("a", NOON, "x", url="https://x\r\nATTACH:y"), "key url: must be a whole address"),
    (Event("a", NOON, "x", organiser=Organiser("Ana")), "key organiser: must have an email address."),
    (Event("a", NOON, "x" * 100_001), "key summary: has more than 100000 characters."),
    (Event("a", NOON, "\ud800"), "is no character of a text."),
]


@pytest.mark.parametrize(("event", "sentence"), UNWRITABLE, ids=range(len(UNWRITABLE)))
def test_what_no_app_could_read_is_not_written(tmp_path, event, sentence):
    with pytest.raises(ExchangeError) as caught:
        write_calendar(Calendar((event,)), tmp_path / "x.ics", STAMP)
    assert sentence in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_calendar_itself_must_be_writable(tmp_path):
    for calendar, stamp in (
        (Calendar((DUE, DUE)), STAMP),
        (Calendar((), refresh=timedelta(seconds=1)), STAMP),
        (Calendar((), "x" * 100_001), STAMP),
        (PELL, datetime(2026, 1, 1)),
    ):
        with pytest.raises(ExchangeError):
            write_calendar(calendar, tmp_path / "x.ics", stamp)


def wrapped(inside: str, event: str = "UID:1\nDTSTART:20260501\n") -> bytes:
    return f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}{inside}END:VEVENT\nEND:VCALENDAR\n".encode()


DAMAGE = [
    (b"", "holds no calendar."),
    (b"hello\n", "line 1: must be a name, a colon and a value."),
    (b"UID:1\n", "line 1: a calendar file begins with BEGIN:VCALENDAR."),
    (b"BEGIN:VEVENT\n", "line 1, property BEGIN: a calendar file begins with BEGIN:VCALENDAR, once."),
    (
        b"BEGIN:VCALENDAR\nBEGIN:VCALENDAR\n",
        "line 2, property BEGIN: a calendar file begins with BEGIN:VCALENDAR, once.",
    ),
    (b"BEGIN:VCALENDAR\n\nBEGIN:VEVENT\n", "line 3: the VEVENT that begins here has no end."),
    (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VTODO\n", "line 3, property END: something else was begun last."),
    (b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 30, "line 22, property BEGIN"),
    (wrapped("", "DTSTART:20260501\n"), "line 2, property UID: the event has no UID."),
    (wrapped("", "UID:1\n"), "line 2, property DTSTART: the event has no DTSTART."),
    (wrapped("", "UID:1\nDTSTART:20260532\n"), "line 4, property DTSTART: is no day or time"),
    (wrapped("", "UID:1\nDTSTART:99999999999999\n"), "line 4, property DTSTART: is no day or time"),
    (wrapped("DTEND:20260501T100000Z\n"), "line 5, property DTEND: must be a day where the start is a day."),
    (wrapped("DURATION:-P1D\n"), "line 5, property DURATION: is no length of time."),
    (wrapped("DURATION:P999999W\n"), "line 5, property DURATION: is no length of time."),
    (wrapped("DURATION:P\n"), "line 5, property DURATION: is no length of time."),
    (wrapped("SEQUENCE:many\n"), "line 5, property SEQUENCE: must be a whole number"),
    (wrapped("SUMMARY:a\0b\n"), "line 5, property SUMMARY: holds a NUL character"),
    (wrapped("SUMMARY:" + "a" * 200_001 + "\n"), "or more than 200000 characters."),
    (wrapped("", "UID:1\nDTSTART:20260501T100000Z\nDTEND:20260501T090000Z\n"), "the end is before the start."),
    (
        wrapped("END:VEVENT\nBEGIN:VEVENT\nUID:1\nDTSTART:20260501\n"),
        "line 6, property UID: the event 1 is there twice.",
    ),
    (wrapped("SUMMARY:caf\n").replace(b"caf", b"caf\xe9"), "is not UTF-8"),
    (b"\n" * 16_000_001, "is larger than 16000000 bytes"),
]


@pytest.mark.parametrize(("data", "sentence"), DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_calendar_is_refused_and_placed(tmp_path, data, sentence):
    path = tmp_path / "x.ics"
    path.write_bytes(data)
    with pytest.raises(ExchangeError) as caught:
        read_calendar(path)
    assert sentence in str(caught.value)


def test_line_ends_and_a_mark_at_the_beginning_make_no_difference(tmp_path):
    path = tmp_path / "x.ics"
    data = as_ical(PELL, STAMP)
    for other in (data.replace(b"\r\n", b"\n"), data.replace(b"\r\n", b"\r"), b"\xef\xbb\xbf" + data):
        path.write_bytes(other)
        assert read_calendar(path) == PELL


def test_any_change_of_bytes_ends_in_the_one_error_or_is_read_and_written(tmp_path):
    draw = random.Random(5)  # noqa: S311
    good = as_ical(PELL, STAMP)
    signs = [
        b":",
        b";",
        b"=",
        b'"',
        b"\\",
        b",",
        b"\r\n",
        b"\n ",
        b"\0",
        b"\xff",
        b"BEGIN:X\n",
        b"TZID=a",
        b"1",
        b"T",
        b"^",
    ]
    path, read = tmp_path / "x.ics", 0
    for _ in range(250):
        data = bytearray(good)
        for _ in range(draw.randrange(1, 4)):
            place = draw.randrange(len(data))
            if draw.random() < 0.6:
                data[place:place] = draw.choice(signs)
            else:
                del data[place : place + draw.randrange(1, 20)]
        path.write_bytes(data)
        try:
            found = read_calendar(path)
            write_calendar(found, path, STAMP)
        except ExchangeError:
            continue
        read += 1
        assert read_calendar(path).loss == ()
    assert read > 20
