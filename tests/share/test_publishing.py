"""Drafting a report, deciding about sentences, and editions that stay as they were."""

import pytest

from tests.cast import Cast
from tests.share.world import SAID, World, draft, world
from weft.core.errors import Changed, Refused
from weft.listen.stories.actions import withdraw_story
from weft.people.audit.models import Entry
from weft.provenance.items import Origin
from weft.provenance.models import Link, Node
from weft.share.reports import actions, queries
from weft.share.reports.models import Edition, Report, Section


@pytest.fixture
def made(cast: Cast) -> World:
    return world(cast)


def code(made: World) -> str:
    return made.findings[0].code


def published(made: World, *texts: str, **more) -> Edition:
    report = draft(made, *texts)
    return actions.publish(by=made.cast.cora, report=report, **more)


def test_a_draft_is_begun_once(made: World):
    first = actions.begin_report(by=made.cast.cora, programme=made.cast.pell, title="One")
    assert actions.begin_report(by=made.cast.cora, programme=made.cast.pell, title="Two") == first
    assert Report.objects.get().title == "One"


def test_sections_are_added_moved_and_removed(made: World):
    report = draft(made, "a", "b", "c")
    first, second, third = report.sections.all()
    actions.move_section(by=made.cast.cora, section=third, up=True)
    assert [one.text for one in report.sections.all()] == ["a", "c", "b"]
    actions.move_section(by=made.cast.cora, section=first, up=True)
    assert [one.text for one in report.sections.all()] == ["a", "c", "b"]
    actions.remove_section(by=made.cast.cora, section=second)
    assert [one.text for one in report.sections.all()] == ["a", "c"]
    assert Entry.objects.filter(did="removed section").exists()


def test_the_same_section_sent_twice_is_one(made: World):
    report = draft(made)
    key = Section().key
    one = actions.add_section(by=made.cast.cora, report=report, title="x", key=key)
    assert actions.add_section(by=made.cast.cora, report=report, title="x", key=key) == one


def test_a_section_that_somebody_else_saved_first_is_not_overwritten(made: World):
    section = draft(made, "old").sections.get()
    actions.edit_section(by=made.cast.cora, section=section, title="x", text="theirs", revision=1)
    with pytest.raises(Changed) as caught:
        actions.edit_section(by=made.cast.cora, section=section, title="x", text="mine", revision=1)
    assert (caught.value.saved["text"], caught.value.sent["text"]) == ("theirs", "mine")
    assert Section.objects.get().text == "theirs"


def test_a_sentence_without_evidence_needs_a_decision(made: World):
    report = draft(made, f"There is no bus [[{code(made)}]]. That must change.")
    with pytest.raises(Refused, match="One sentence has no evidence behind it, in “"):
        actions.publish(by=made.cast.cora, report=report)
    with pytest.raises(Refused, match="in a few words why"):
        actions.judge(by=made.cast.cora, report=report, sentence="That must change.", verdict="keep", reason=" ")
    actions.judge(by=made.cast.cora, report=report, sentence="That must change.", verdict="keep", reason="We think so.")
    edition = actions.publish(by=made.cast.cora, report=report)
    kept = edition.content["sections"][0]["sentences"]
    assert [(one["codes"], one["verdict"], one["reason"]) for one in kept] == [
        ([code(made)], "", ""),
        ([], "keep", "We think so."),
    ]


def test_only_sentences_of_the_draft_without_evidence_are_decided_about(made: World):
    report = draft(made, f"There is no bus [[{code(made)}]].")
    with pytest.raises(Refused, match="not in the draft"):
        actions.judge(by=made.cast.cora, report=report, sentence="Another.", verdict="keep", reason="x")
    cited = f"There is no bus [[{code(made)}]]."
    with pytest.raises(Refused, match="cites its evidence"):
        actions.judge(by=made.cast.cora, report=report, sentence=cited, verdict="keep", reason="x")


def test_evidence_in_the_sentence_before_must_be_there(made: World):
    report = draft(made, f"Alone. There is no bus [[{code(made)}]]. So they walk. And get wet.")
    for sentence in ("Alone.", "So they walk.", "And get wet."):
        actions.judge(by=made.cast.cora, report=report, sentence=sentence, verdict="evidence", reason="As it says.")
    found = queries.draft(report)
    assert [one.sentence.text for one in found.open] == ["Alone."]
    assert found.open[0].is_misplaced


def test_a_changed_sentence_needs_a_new_decision(made: World):
    report = draft(made, "We hope so.")
    actions.judge(by=made.cast.cora, report=report, sentence="We hope so.", verdict="keep", reason="x")
    assert queries.draft(report).open == []
    section = report.sections.get()
    actions.edit_section(by=made.cast.cora, section=section, title="x", text="We hope it is so.", revision=1)
    assert len(queries.draft(report).open) == 1


@pytest.mark.parametrize("fault", ["unknown", "withdrawn", "hidden", "empty"])
def test_faults_stop_publishing_with_one_sentence(made: World, fault: str):
    report = draft(made, "" if fault == "empty" else f"So it is [[{code(made)}]].")
    if fault == "unknown":
        Section.objects.update(text="So it is [[F-ZZZZZ]].")
    if fault == "withdrawn":
        Section.objects.update(text=f"So it is [[{made.stories[0].node.code}]].")
        withdraw_story(by=made.people[0], row=made.stories[0])
    if fault == "hidden":
        Node.objects.filter(pk=made.findings[0].pk).update(visibility="team")
    words = {
        "unknown": "not the code of anything",
        "withdrawn": "was taken back",
        "hidden": "cannot be opened by every reader",
        "empty": "no text yet",
    }
    with pytest.raises(Refused, match=words[fault]):
        actions.publish(by=made.cast.cora, report=report)
    assert not Edition.objects.exists()


def test_an_edition_is_a_node_that_its_citations_inform(made: World):
    edition = published(made, f"There is no bus [[{code(made)}]].", origin=Origin(code="B-22222"))
    assert (edition.node.code, edition.node.kind, edition.node.team) == ("B-22222", "edition", None)
    assert edition.node.title == "Edition 1 of What the coast taught us"
    link = Link.objects.get(target=edition.node)
    assert (link.source, link.relation, link.is_citation) == (made.findings[0], "informs", True)
    assert Entry.objects.filter(did="published edition", on="B-22222").exists()


def test_the_hash_is_over_the_content_as_published(made: World):
    edition = published(made, f"There is no bus, “naïve” as it sounds [[{code(made)}]].")
    edition.refresh_from_db()
    assert actions.hash_of(edition.content) == edition.content_hash
    section = edition.report.sections.get()
    actions.edit_section(by=made.cast.cora, section=section, title="New", text="Other.", revision=1)
    edition.refresh_from_db()
    assert actions.hash_of(edition.content) == edition.content_hash
    assert actions.hash_of({"b": 1, "a": "ü"}) == actions.hash_of({"a": "ü", "b": 1})


def test_counts_are_frozen(made: World):
    edition = published(made, f"There is no bus [[{code(made)}]].")
    edition.refresh_from_db()
    fact = edition.counts["items"][code(made)]
    assert (fact["words"], fact["answers"], fact["knowledge"], fact["teams"]) == (1, 12, ["lived"], ["summer"])
    assert (edition.counts["words"], edition.counts["answers"]) == (1, 12)
    withdraw_story(by=made.people[0], row=made.stories[0])
    edition.refresh_from_db()
    assert edition.counts["words"] == 1


def test_editions_are_numbered(made: World):
    report = draft(made, f"There is no bus [[{code(made)}]].")
    numbers = [actions.publish(by=made.cast.cora, report=report).number for _ in range(2)]
    assert numbers == [1, 2]


def test_words_taken_back_leave_the_edition_and_the_hash_stays(made: World):
    quote = f"A parent said “{SAID}” [[{made.stories[0].node.code}]]."
    edition = published(made, quote)
    before = edition.content_hash
    assert SAID[:-1] in str(edition.content)
    withdraw_story(by=made.people[0], row=made.stories[0])
    edition.refresh_from_db()
    assert "no way home" not in str(edition.content)
    assert "(words taken back on " in edition.content["sections"][0]["text"]
    assert edition.content_hash == before != actions.hash_of(edition.content)


def test_what_was_withdrawn_since_is_counted(made: World):
    edition = published(made, f"There is no bus [[{code(made)}]].")
    assert queries.withdrawn_since(edition) == 0
    withdraw_story(by=made.people[0], row=made.stories[0])
    assert queries.withdrawn_since(edition) == 1
    withdraw_story(by=made.people[1], row=made.stories[1])  # the edition does not rest on it
    assert queries.withdrawn_since(edition) == 1


def test_what_was_withdrawn_before_is_not_counted(made: World):
    withdraw_story(by=made.people[0], row=made.stories[0])
    edition = published(made, f"There is no bus [[{code(made)}]].")
    assert queries.withdrawn_since(edition) == 0


def test_an_insight_of_one_team_says_so_and_what_contradicts_it_too(made: World):
    from weft.learn.insights.actions import tie_case
    from weft.sense.findings.actions import make_finding

    against = make_finding(by=made.cast.kit, of=made.cast.company, title="They come on foot").node
    tie_case(by=made.cast.kit, row=made.insight, source=against, relation="contradicts")
    insight = made.insight.node
    edition = published(made, f"So it is [[{insight.code}]]. But some walk [[{against.code}]].")
    assert edition.counts["items"][insight.code]["is_one_teams"]
    assert edition.counts["items"][against.code]["is_against"]
    assert not edition.counts["items"][insight.code]["is_against"]


def test_an_edition_comes_back_from_a_file_as_it_was(made: World):
    edition = published(made, f"There is no bus [[{code(made)}]].")
    report = actions.begin_report(by=made.cast.sam, programme=made.cast.pell, title="x")
    kept = actions.restore_edition(
        by=made.cast.cora,
        report=report,
        number=7,
        content=edition.content,
        content_hash=edition.content_hash,
        counts=edition.counts,
        carried=[{"conversation": made.talk, "group": "", "people": 12, "carried": 12, "expected": 11.5}],
        origin=Origin(code="B-33333", at=edition.published_at),
    )
    assert (kept.node.code, kept.number, kept.published_at) == ("B-33333", 7, edition.published_at)
    assert actions.hash_of(kept.content) == kept.content_hash
    assert kept.carried.get().people == 12


def test_the_same_edition_comes_out_once_and_the_next_one_is_another(made: World):
    report = draft(made, f"There is no bus [[{code(made)}]].")
    out = [actions.publish(by=made.cast.cora, report=report, number=number) for number in (1, 1, 2, 2)]
    assert [one.number for one in out] == [1, 1, 2, 2]
    assert report.editions.count() == 2
