"""Texts that repeated a passage before there was a way to quote it go through the migration."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.cast import Cast, cast
from weft.frame.problems.actions import write_problem, write_version
from weft.provenance.items import Origin
from weft.provenance.models import SearchText
from weft.provenance.sentences import sentences
from weft.sense.findings.actions import make_finding
from weft.sense.sources.actions import add_source, take_excerpt
from weft.share.reports import actions, queries
from weft.share.reports.models import Edition, Judgement, Section

SAID = "We are over the line by eleven pounds a month."
CODE = "Q-8WGFR"
migration = import_module("weft.share.reports.migrations.0002_quote_passages_by_code")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"As one said: “{SAID}” [[{CODE}]]", f"As one said: [[{CODE}]]"),
        ('As one said: "We are over the line\n  by eleven pounds a month" [[Q-8WGFR]].', "As one said: [[Q-8WGFR]]."),
        (f"Before. “{SAID}” [[{CODE}]] Another one.", f"Before. [[{CODE}]]. Another one."),
        (f"“{SAID}”, the cooks wrote [[{CODE}]]. So.", f"[[{CODE}]], the cooks wrote. So."),
        (f"As they say [[{CODE}]]: ‘{SAID}’", f"As they say: [[{CODE}]]"),
        (f"Without marks: {SAID} [[{CODE}]] And on.", f"Without marks: [[{CODE}]]. And on."),
        (f"> “We are over the line\n> by eleven pounds a month” [[{CODE}]]", f"> [[{CODE}]]"),
        (f"It is so [[{CODE}]].\n\nAnd again: “{SAID}”", f"It is so [[{CODE}]].\n\nAnd again: [[{CODE}]]"),
        (f"In small letters: “{SAID}” [[{CODE.lower()}]]", f"In small letters: [[{CODE}]]"),
        # what is left as it is: other words, no citation of it, a longer quotation, code, an address
        (f"We are over a line [[{CODE}]].", None),
        (f"“{SAID}”", None),
        ("“We are over the line by eleven pounds a month and by a mile” [[Q-8WGFR]]", None),
        (f"`{SAID}` [[{CODE}]]", None),
        (f"[{SAID}](https://example.org) [[{CODE}]]", None),
    ],
)
def test_the_words_and_the_citation_become_one(before: str, after: str | None):
    assert migration.quoted(before, {CODE: SAID, "Q-2222": "Other words."}) == (after or before)


def test_one_or_two_words_are_somebodys_only_between_quotation_marks():
    assert migration.quoted("The bit after [[Q-2222]].", {"Q-2222": "bit after"}) == "The bit after [[Q-2222]]."
    assert migration.quoted("The “bit after” [[Q-2222]].", {"Q-2222": "bit after"}) == "The [[Q-2222]]."


def test_signs_that_are_written_in_two_ways_are_alike():
    assert migration.quoted('"I\'ve "had" it" [[Q-2222]]', {"Q-2222": "I’ve “had” it."}) == "[[Q-2222]]"


def passage(people: Cast) -> None:
    source = add_source(by=people.mo, of=people.summer, title="A note", type="note", text=SAID)
    take_excerpt(by=people.mo, of=source.node, start=0, end=len(SAID), origin=Origin(code=CODE))


def migrate() -> None:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("reports")
    for to in ([("reports", "0001_initial")], latest):
        MigrationExecutor(connection).migrate(to)


@pytest.mark.django_db(transaction=True)
def test_items_versions_and_search_follow_and_other_programmes_do_not():
    people = cast()
    passage(people)
    text = f"As one said: “{SAID}” [[{CODE}]]"
    finding = make_finding(by=people.mo, of=people.summer, title="Over the line", text=text)
    problem = write_problem(by=people.mo, of=people.summer, title="Poor", text=text)
    write_version(by=people.mo, row=problem, revision=1, title="Poor", text=f"{text} and more", why="More")
    theirs = add_source(by=people.ola, of=people.others, title="A note", type="note", text="Other words.")
    take_excerpt(by=people.ola, of=theirs.node, start=0, end=5, origin=Origin(code=CODE))
    other = make_finding(by=people.ola, of=people.others, title="Over the line", text=text)
    migrate()
    for one in (finding, other):
        one.refresh_from_db()
    assert (finding.text, finding.revision) == (f"As one said: [[{CODE}]]", 2)
    assert (other.text, other.revision) == (text, 1)
    found = list(problem.versions.values_list("text", flat=True))
    assert found == [f"As one said: [[{CODE}]]", f"As one said: [[{CODE}]] and more"]
    for node in (finding.node, problem.node):
        assert "eleven pounds" not in SearchText.objects.get(node=node).body
        assert CODE in SearchText.objects.get(node=node).body


@pytest.mark.django_db(transaction=True)
def test_no_two_versions_come_to_say_the_same():
    people = cast()
    passage(people)
    problem = write_problem(by=people.mo, of=people.summer, title="Poor", text=f"“{SAID}” [[{CODE}]]")
    write_version(by=people.mo, row=problem, revision=1, title="Poor", text=f"[[{CODE}]]", why="Shorter")
    migrate()
    assert list(problem.versions.values_list("text", flat=True)) == [f"“{SAID}” [[{CODE}]]", f"[[{CODE}]]"]


@pytest.mark.django_db(transaction=True)
def test_what_was_decided_about_a_sentence_of_the_draft_stays_with_it_and_editions_stay_as_they_were():
    people = cast()
    passage(people)
    report = actions.begin_report(by=people.cora, programme=people.pell, title="The coast")
    text = f"Nobody knew. “{SAID}” [[{CODE}]] Nobody here is a case.\n\nSo it is."
    actions.add_section(by=people.cora, report=report, title="Home", text=text)
    for sentence in ("Nobody knew.", "Nobody here is a case.", "So it is."):
        actions.judge(by=people.cora, report=report, sentence=sentence, verdict="keep", reason="It is ours.")
    actions.publish(by=people.cora, report=report)
    before = Edition.objects.get()
    migrate()
    section, edition = Section.objects.get(), Edition.objects.get()
    assert section.text == f"Nobody knew. [[{CODE}]]. Nobody here is a case.\n\nSo it is."
    assert section.revision == 2
    stand = {one.hash for one in sentences(section.text)}
    assert {one.sentence_hash for one in Judgement.objects.all()} == stand
    assert queries.draft(report).open == []
    assert [one.sentence.text for one in queries.draft(report).decided] == ["Nobody here is a case.", "So it is."]
    assert edition.content == before.content
    assert edition.content_hash == actions.hash_of(edition.content)
