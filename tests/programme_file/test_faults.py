"""What is wrong with a file is said with its line, its key and what was expected, and nothing is written."""

import re

import pytest

from tests.programme_file.files import SMALL, changed, faults_of, line_of
from weft.filing import lines
from weft.filing.lines import Faulty, parse, read
from weft.people.programmes.models import Programme
from weft.share.responses.models import Promise

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.sqlite]

CASES = {
    "wrong type": ("gss_year: 2023", "gss_year: twenty", "found “twenty”; a whole number was expected."),
    "unknown key": ("gss_year: 2023", "gss_yaer: 2023", "there is no key called gss_yaer here. Did you mean gss_year?"),
    "a text cut by a comma": (
        "reason: Many answered.}",
        "reason: Many answered, one street.}",
        "there is no key called one street. here. Inside { } put a text with a comma in quotes.",
    ),
    "a cut text with a colon in it": (
        "reason: Many answered.}",
        "reason: Many answered, one street: ours.}",
        "there is no key called one street here. Inside { } put a text with a comma in quotes.",
    ),
    "a text cut before a word that is a key": (
        "what: Bread twice,",
        "what: Bread, project,",
        "nothing stands after project. Inside { } put a text with a comma in quotes.",
    ),
    "an amount cut by a comma": (
        "amount: 62, heading",
        "amount: 1,200, heading",
        "there is no key called 200 here. Inside { } put a text with a comma in quotes.",
    ),
    "an amount under a heading cut by a comma": (
        'Lunch: "5000"',
        "Lunch: 1,200",
        "nothing stands after 200. Inside { } put a text with a comma in quotes.",
    ),
    "an unknown key with nothing after it": (
        "gss_year: 2023",
        "gss_yaer:",
        "there is no key called gss_yaer here. Did you mean gss_year? The keys are",
    ),
    "a text cut by a comment": (
        "limits: Old.",
        "limits: Room #4 of the old school",
        "a space and # end the text here. Put it in quotes,",
    ),
    "a text that is a comment": (
        "limits: Old.",
        "limits: #4 of the old school",
        "a space and # end the text here. Put it in quotes,",
    ),
    "a cited text cut by a comment": (
        "    purpose: A towel is a ticket [[P-2222]].",
        "    purpose: A towel #1 is a ticket [[P-2222]].",
        "a space and # end the text here. Put it in quotes,",
    ),
    "a vowel in a code": ("code: K-2222", "code: K-2E0L", "No vowels, no L, no 0 or 1: take E, 0, L out."),
    "a short code": ("code: K-2222", "code: K-222", "such as F-7K3QD. There are 3 after the dash."),
    "a wrong place": (
        "quote: Fares matter., start: 46, end: 59",
        "quote: Fares matter., start: 47, end: 60",
        "start: the passage does not stand there in S-2222. "
        "It has start: 0, end: 13 or start: 46, end: 59, counted from 0.",
    ),
    "half a place": (
        "quote: Fares matter., start: 46, end: 59",
        "quote: Fares matter., start: 46",
        "start: the passage does not stand there in S-2222. It has start: 0,",
    ),
    "a description without leave": (
        "participant: 6, text:",
        "participant: 6, described_as: A mother, text:",
        "described_as: they have not allowed to be described. Put `describe` into `consent`, or take this out.",
    ),
    "a secret in earnest": ("is_demo: true", "is_demo: false", "secret: a secret stands only in a demonstration"),
    "a reason for the first version": ("{title: The bus,", "{title: The bus, why: So,", "follows no other"),
    "a time of no answers": ("{number: 4,", "{number: 4, voted_at: 2026-04-06,", "voted_at: this is for `votes`"),
    "two times of answers": ("{number: 3,", "{number: 3, voted_at: 2026-04-06,", "voted_at: this is for `votes`"),
    "a time of no receipt": ("{number: 6,", "{number: 6, receipt_at: 2026-04-06,", "there is no receipt"),
    "a secret and what is made from it": (
        "secret: first,",
        f"secret: first, words_hash: {'a' * 64},",
        "beside a secret there is no `secret_hash`",
    ),
    "an answer after the end": (
        "voted_at: 2026-04-06 11:00",
        "voted_at: 2026-06-30 18:02",
        "voted_at: this is after `closed_at`, and a conversation that is closed takes nothing more.",
    ),
    "a change after the end": (
        'choice: "0", at: 2026-04-06 10:00',
        'choice: "0", at: 2026-07-06 10:00',
        "votes: this is after `closed_at`",
    ),
    "a story after the end": ("told_at: 2026-04-02 10:05", "told_at: 2026-07-02 10:05", "told_at: this is after"),
    "an answer that nothing asks for": (
        "code: B-2222, by: ida,",
        "code: B-2222, by: ida, answers: {summer/Group Z: Who is that?},",
        "nothing asks why few of summer/Group Z are carried.",
    ),
    "a dump's count without its content": (
        "code: B-2222, by: ida,",
        "code: B-2222, by: ida, number: 3,",
        "number stands only beside `content`",
    ),
    "a dump's count of a map without its result": (
        "kind: map, code: N-2222,",
        "kind: map, code: N-2222, came: 3,",
        "came stands only beside a `result`, in a dump.",
    ),
    "a sentence without evidence": (
        "This is our own view.\n    - {title",
        "This is our own view. So is this.\n    - {title",
        "text: “So is this.” has no evidence behind it. Cite some, or decide about it in `judgements`.",
    ),
    "taken back by another team": (
        "at: 2026-10-12 20:00, by: kit}",
        "at: 2026-10-12 20:00, by: lena}",
        "lena could not take F-3333 back that day: it is of the team company. Its members do so, and convenors.",
    ),
    "taken back by somebody who had left": (
        "{code: Y-2222, at: 2026-10-10 20:00}",
        "{code: Y-2222, at: 2026-11-10 20:00, by: mo}",
        "mo could not take Y-2222 back that day: it is of the team summer.",
    ),
    "taken back by nobody": (
        "at: 2026-10-12 20:00, by: kit}",
        "at: 2026-10-12 20:00}",
        "say in `by` who took F-3333 back.",
    ),
    "kept and broken": ("kept_on: 2026-09-30,", "kept_on: 2026-09-30, is_broken: yes,", "kept or it was not"),
    "an update of nothing": (
        "{what: A trial in May,",
        "{what: A trial in May, updated_on: 2026-10-06,",
        "updated_on: this says when `update` was said",
    ),
    "missing key": ("    purpose: We read", "    purpos: We read", "Did you mean purpose?"),
    "no date": ("starts_on: 2026-03-02", "starts_on: 2026-02-30", "found “2026-02-30”; a date such as 2026-03-01"),
    "no time": ("made_at: 2026-03-02 09:00", "made_at: nine", "found “nine”; a time such as 2026-03-01 10:00"),
    "no money": ("amount: 25000", "amount: lots", "found “lots”; pounds such as 620 or 620.40 were expected."),
    "no choice": ("sector: academia", "sector: acadmia", "academia, local_government, community, funder or other"),
    "unknown kind": ("kind: manifesto", "kind: manifest", "found the kind “manifest”; one of theme, source,"),
    "unknown code": (
        "rests_on: [H-2222]",
        "rests_on: [H-2223]",
        "there is no item with the code H-2223. Did you mean H-2222?",
    ),
    "bad citation": (
        "as [[H-2222]]",
        "as [[H-9999]]",
        "the text cites [[H-9999]], and there is no item with the code H-9999.",
    ),
    "wrong letter": ("code: K-2222", "code: F-9999", "found “F-9999”; a code with the letter K was expected here."),
    "no code": ("code: K-2222", "code: K-AEIO", "a code was expected: its letters, a dash and 4 to 10 of"),
    "duplicate code": ("code: V-3333", "code: V-2222", "there is another item with the code V-2222 before it."),
    "unknown person": ("lead: lena", "lead: lina", "there is no person called lina in this file. Did you mean lena?"),
    "unknown venue": ("venue: ormsea/pool, att", "venue: ormsea/pol, att", "there is no venue called ormsea/pol"),
    "unknown number": ("participant: 6", "participant: 66", "there is no participant with the number 66"),
    "same number": ("{number: 7,", "{number: 8,", "there is another participant with the number 8 before it, in line"),
    "short votes": ('votes: "++.-0+"', 'votes: "++.-0"', "found 5 signs; 6 were expected, one for each statement."),
    "wrong sign": (
        'votes: "++.-0+"',
        'votes: "++x-0+"',
        "found “x” among the answers; only + - 0 and . were expected.",
    ),
    "too long": ("name: Ormsea\n", f"name: {'Orm' * 50}\n", "found 150 characters; at most 120 were expected."),
    "no passage": (
        "quote: They matter most",
        "quote: They mattered most",
        "the passage does not stand in S-2222; check it letter by letter.",
    ),
    "two passages": (
        "quote: Fares matter., start: 46, end: 59",
        "quote: Fares matter.",
        "stands in S-2222 2 times. Say which: start: 0, end: 13 or start: 46, end: 59, counted from 0.",
    ),
    "no team": (
        "kind: manifesto, code: X-2222, team: summer,",
        "kind: manifesto, code: X-2222,",
        "say in `team` which",
    ),
    "wrong team": ("D-2222, project", "D-2222, team: company, project", "found company; summer was expected"),
    "no reason": ("hidden_because: It names a person., ", "", "say in `hidden_because` why."),
    "too much planned": ('Lunch: "5000"', 'Lunch: "5001"', "That plans 1 pound more than the grant has."),
    "wider than allowed": (
        "consent: [], not_used_because: It asked only to be read.",
        "consent: [], state: released",
        "has not allowed",
    ),
    "a reason beside another state": (
        "consent: [], not_used",
        "state: kept, consent: [], not_used",
        "beside `state: kept`",
    ),
    "a story not used for no reason": (
        "not_used_because: It asked only to be read.",
        "state: not_used",
        "no reason yet",
    ),
    "released by somebody and held": (
        "wording: 2026-3}",
        "wording: 2026-3, state: held, released_by: lena}",
        "`state: held`",
    ),
    "rests on an unread story": ("rests_on: [Y-5555,", "rests_on: [Y-4444,", "asked that it is only read"),
    "no evidence behind a sentence": ("  judgements:\n", "  judgement:\n", "Did you mean judgements?"),
    "a promise broken in silence": (", update: Nobody came.", "", "say in `update` in a few words what came of it"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_says_where_it_is_and_what_was_expected(case: str) -> None:
    old, new, expected = CASES[case]
    text = changed(old, new)
    said = faults_of(text)
    assert any(re.match(r"pell\.yaml, line \d+, \w", one) and expected in one for one in said), said
    assert not Programme.objects.exists()


def test_the_line_is_the_line_of_the_key() -> None:
    text = changed("    publisher: Press", "    publisher: [Press]")
    line = line_of("    publisher: [", text)
    assert faults_of(text) == [f"pell.yaml, line {line}, items[4].publisher: found a list; a text was expected."]


def test_a_circle_is_one_plain_fault() -> None:
    text = changed("title: Elsewhere it did not hold, by: kit", "title: Elsewhere, by: kit, text: 'See [[K-2222]].'")
    said = faults_of(text)
    assert len(said) == 1
    assert "this goes round in a circle: " in said[0]
    assert {"K-2222", "H-2222", "F-3333"} <= set(re.findall(r"\b[A-Z]-\d{4}\b", said[0]))


def test_faults_in_writing_are_told_in_one_run_and_what_rests_on_them_is_not() -> None:
    text = SMALL
    for old, new in (
        ("role: member}\n\nleads", "role: convenor}\n\nleads"),  # a convenor of one team
        ("hidden_because: It names a person., ", ""),
        ('votes: "++.-0+"', 'votes: "++.-0"'),
        ("quote: Fares matter., start: 46, end: 59", "quote: Fares matter."),
        (", update: Nobody came.", ""),
        ('Lunch: "5000"', 'Lunch: "5001"'),
        ("our own view.\n    - {title", "our own view. So is this.\n\n        And this.\n    - {title"),
        ("  - {code: T-7777, at: 2026-10-11 20:00}\n", "  - {code: D-2222, at: 2026-10-11 20:00}\n"),
    ):
        text = changed(old, new, text)
    said = faults_of(text)
    assert [re.search(r", ([^ ]*): ", one)[1] for one in said] == [
        "memberships[3]",
        "conversations[0].statements[3]",
        "conversations[0].participants[0].votes",
        "items[7].quote",
        "items[21].promises[2]",
        "grants[0].plans[0]",
        "report.sections[0].text",
        "report.sections[0].text",
        "withdrawals[1]",
    ]
    for word in ("So is this.", "And this."):
        (told,) = [one for one in said if word in one]
        assert told.startswith(f"pell.yaml, line {line_of(word, text)}, ")


def test_many_faults_are_told_at_once_up_to_twenty() -> None:
    said = faults_of(SMALL.replace("made_at:", "mad_at:").replace("by: lena", "bye: lena"))
    assert len(said) == 21
    assert re.fullmatch(r"And \d+ more\.", said[-1])
    told = [int(re.search(r"line (\d+)", one)[1]) for one in said[:-1]]
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "line 1: the file is empty."),
        ("- a\n- b\n", "line 1: keys with values were expected"),
        ("weft: 1\nprogramme:\n\tslug: pell\n", "line 3: a tab stands here. YAML is indented with spaces"),
        ("weft: 1\nprogramme: {slug: pell, name: x\n", "this is not YAML"),
        ("weft: 1\nname: a: b\n", "line 2: a colon stands where none was expected."),
        ("weft: 1\nprogramme: {slug: pell, name: x}\n---\nweft: 1\n", "line 3: a second document begins here."),
        (
            "weft: 1\nprogramme:\n  - {slug: a}\n  - {slug: b}\n",
            "programme: found a list; keys with values were expected",
        ),
        (
            "weft: 1\nprogramme: {slug: pell, name: Room [4]}\n",
            "line 2: this is not YAML (did not find expected ',' or '}'). Check the indentation, and that quotes and "
            "brackets are closed. Inside { } and [ ] a text with a comma, a bracket, a colon or a # stands in quotes.",
        ),
        ("weft: 1\nweft: 1\n", "line 2, weft: the key `weft` stands twice here, first in line 1."),
        ('weft: 1\nprogramme: {slug: pell, name: "a\\0b"}\n', "holds the character U+0000"),
        ("weft: 1\nprogramme: {slug: pell, name: a\x00b}\n", "line 2: the character U+0000 stands here"),
        ("weft: 1\nprogramme: !!python/object:os.system {}\n", "line 2, programme: tags such as"),
        ("weft: 1\nprogramme: &a {slug: pell}\n", "line 2, programme: anchors and aliases"),
        ("weft: 2\nprogramme: {slug: pell, name: x}\n", "line 1, weft: found “2”; 1 was expected."),
        ("weft: 1\n", "line 1, programme: this key is missing."),
        (
            "weft: 1\nprogramme: {slug: report card, name: x}\n",
            "small letters, digits and single dashes were expected.",
        ),
        ("a: " + "[" * 40 + "]" * 40, "nested more than 16 deep"),
    ],
)
def test_what_is_no_programme_is_refused(text: str, expected: str) -> None:
    said = faults_of(text)
    assert any(expected in one for one in said), said


def test_a_thousand_laughs_are_not_laughed() -> None:
    laughs = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "anchors and aliases" in faults_of("\n".join(laughs))[0]


def test_a_file_that_is_too_large_is_not_read(tmp_path) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as out:
        out.truncate(100_000_000)
    with pytest.raises(Faulty, match="100,000,000 bytes, at most 67,108,864 were expected"):
        read(file)


def test_a_file_with_too_many_values_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(lines, "MOST_VALUES", 10)
    with pytest.raises(Faulty, match="more than 10 values"):
        parse(SMALL, "pell.yaml")


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path) -> None:
    with pytest.raises(Faulty, match="cannot be read: No such file"):
        read(tmp_path / "nothing.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"weft: 1\nname: caf\xe9\n")
    with pytest.raises(Faulty, match="line 2: this is not UTF-8"):
        read(tmp_path / "latin.yaml")


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path) -> None:
    file = tmp_path / "windows.yaml"
    file.write_bytes(b"\xef\xbb\xbfweft: 1\r\nprogramme:\r\n  about: |\r\n    a\r\n    b\r\n")
    assert read(file).data == {"weft": "1", "programme": {"about": "a\nb"}}


def test_words_that_yaml_would_turn_stay_words() -> None:
    found = parse("on: no\nyes: 1.10\n'null': ~\nempty:\nday: 2026-01-01\n", "a.yaml")
    assert found.data == {"on": "no", "yes": "1.10", "day": "2026-01-01"}


def test_comments_stand_after_everything_but_texts() -> None:
    text = changed("    year: 2021", "    year: 2021 # or so")
    text = changed("  starts_on: ", "  # the first day\n  starts_on: ", text)
    text = changed("sections:", "sections: # two", text)
    assert faults_of(changed("limits: Old.", 'limits: "Room #4" # the old school', text)) == []


def test_a_key_with_nothing_after_it_is_left_out() -> None:
    assert faults_of(changed("    limits: Old.", "    limits:")) == []


def test_a_citation_of_several_codes_is_told_in_its_own_line() -> None:
    text = changed("as [[H-2222]] says.", "as\n      [[H-2222, F-2222]] and\n      [[R-2222] say.")
    assert faults_of(text) == [
        f"pell.yaml, line {line_of('[[H-2222, F', text)}, items[0].text: “[[H-2222, F-2222]]” cites nothing. "
        "Each code stands alone in double brackets: [[H-2222]] [[F-2222]].",
        f"pell.yaml, line {line_of('[[R-2222] say', text)}, items[0].text: “[[R-2222]” cites nothing. "
        "Each code stands alone in double brackets: [[R-2222]].",
    ]


def test_an_item_does_not_rest_on_itself() -> None:
    text = changed("team: summer, title: Queues, rests_on: [", "team: summer, title: Queues, rests_on: [V-3333, ")
    line = line_of("code: V-3333", text)
    assert faults_of(text) == [
        f"pell.yaml, line {line}, items[3].rests_on[0].code: V-3333 cannot rest on itself. Take this out."
    ]


def test_an_item_may_cite_itself() -> None:
    assert faults_of(changed("text: So say [[V-2222]]", "text: In [[F-2222]] we say [[V-2222]]")) == []


def test_two_people_do_not_share_an_address() -> None:
    text = changed("kit@example.org", "Lena@example.org")
    first, second = line_of("key: lena", text), line_of("key: kit", text)
    assert faults_of(text) == [
        f"pell.yaml, line {second}, people[3].email: lena in line {first} has this address too, and an address is one "
        "account. Give each their own."
    ]


def test_an_edition_is_not_older_than_what_it_cites() -> None:
    text = changed("code: B-2222, by: ida, made_at: 2026-10-02 09:00", "code: B-2222, by: ida, made_at: 2026-09-01")
    said = faults_of(text)
    assert said == [
        f"pell.yaml, line {line_of('code: B-2222', text)}, report.editions[0].made_at: this edition is of "
        f"1 September 2026 at 12:00 and cites W-2222, which was made later: on 20 September 2026 at 15:00, in line "
        f"{line_of('  - kind: response', text)}."
    ]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (
            "made_at: 2026-09-01 10:00, by: ida, rests_on",
            "made_at: 2199-09-01 10:00, by: ida, rests_on",
            "items[1].made_at",
        ),
        ("told_at: 2026-04-02 10:05", "told_at: 2199-04-02 10:05", "conversations[0].stories[0].told_at"),
        ("at: 2026-10-10 20:00}", "at: 2199-10-10 20:00}", "withdrawals[0].at"),
    ],
)
def test_what_happened_is_not_in_the_future(old: str, new: str, place: str) -> None:
    text = changed(old, new)
    (said,) = faults_of(text)
    assert said.startswith(f"pell.yaml, line {line_of(new, text)}, {place}: found ")
    assert said.endswith(", which is in the future.")


AHEAD = {
    "a reflection": ("project: M-2222, on: 2026-08-01", "on"),
    "a day": ("project: M-2222, on: 2026-07-03", "on"),
    "an answer": ("on: 2026-09-20", "on"),
    "an ask": ("to_role: Head of figures, asked_on: 2026-08-11", "asked_on"),
    "what happened to an ask": ("kind: asked_again, on: 2026-08-25", "events[0].on"),
    "a promise that was kept": ("kept_on: 2026-09-30", "promises[1].kept_on"),
    "what came of a promise": ("updated_on: 2026-10-06", "promises[2].updated_on"),
    "what is tried now": ("since_on: 2026-07-01", "tries[1].since_on"),
    "how sure a team is": ("asked_on: 2026-05-20", "asked_on"),
    "money": ("awarded_on: 2026-04-01", "awarded_on"),
    "a plan": ("on: 2026-06-10, reason", "plans[1].on"),
    "a spend": ("on: 2026-06-12, amount", "spends[0].on"),
    "a correction": ("correction: {on: 2026-06-14", "spends[1].correction.on"),
}


@pytest.mark.parametrize(("old", "place"), AHEAD.values(), ids=list(AHEAD))
def test_a_day_on_which_something_happened_is_not_ahead(old: str, place: str) -> None:
    new = old.replace(": 2026", ": 2199")
    text = changed(old, new)
    said = next(one for one in faults_of(text) if "That day has not come yet." in one)
    assert said.startswith(f"pell.yaml, line {line_of(new, text)}, ")
    assert f"].{place}: That day has not come yet." in said


def test_a_recommendation_was_not_made_on_a_day_that_is_ahead() -> None:
    text = changed("to_role: The county's director of transport", "to_role: The director\n    made_on: 2199-01-01")
    said = next(one for one in faults_of(text) if "That day has not come yet." in one)
    assert said.startswith(f"pell.yaml, line {line_of('made_on: 2199', text)}, items[0].made_on: ")


def test_a_day_on_which_something_is_due_may_be_ahead() -> None:
    text = changed("by_on: 2026-10-01, kept_on: 2026-09-30, update: Done.", "by_on: 2199-10-01, update: They begin.")
    text = changed("answer_by: 2026-09-10", "answer_by: 2199-09-10", text)
    assert faults_of(text) == []
    told = Promise.objects.get(update="They begin.")
    assert told.updated_on == told.response.on, "a remark was not made on the day that is still ahead"


def test_two_statements_do_not_have_one_number() -> None:
    text = changed("text: Nobody should have to prove need.,", "number: 1, text: Nobody should have to prove need.,")
    assert faults_of(text) == [
        f"pell.yaml, line {line_of('code: T-4444', text)}, conversations[0].statements[2].number: there is another "
        f"statement with the number 1 before it, in line {line_of('code: T-2222', text)}."
    ]
