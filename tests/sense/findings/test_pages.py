"""Pages of findings and gaps."""

from uuid import uuid4

import numpy as np
import pytest

from tests.cast import Cast
from tests.reading import read
from tests.sense.voices import conversation, people, statements, story, votes
from weft.listen.conversations.actions import figures
from weft.listen.conversations.models import Statement
from weft.listen.conversations.queries import counted
from weft.provenance.items import Origin
from weft.provenance.models import Link, Node
from weft.sense.findings import actions, queries
from weft.sense.findings.models import Finding, Gap
from weft.sense.sources.actions import add_source, take_excerpt

ANSWERS = {
    f"{name}_{part}": value for name in queries.ASKED for part, value in (("worry", "2"), ("reason", "So it is."))
}


@pytest.fixture
def finding(cast: Cast) -> Finding:
    return actions.make_finding(
        by=cast.mo, of=cast.summer, title="The fare keeps families away", origin=Origin(code="F-7K3QD")
    )


@pytest.fixture
def gap(cast: Cast, finding: Finding) -> Gap:
    return actions.make_gap(
        by=cast.mo,
        of=cast.summer,
        title="We do not know who never came",
        sources=[(finding.node, "produced")],
        origin=Origin(code="G-4P6NE"),
    )


def source(cast: Cast, title: str = "Bus fares", kind: str = "data") -> Node:
    return add_source(by=cast.mo, of=cast.summer, title=title, type=kind).node


def card(cast: Cast, agree: int, disagree: int, passed: int, text: str = "The bus costs more than the swim.") -> Node:
    talk = conversation(cast.summer)
    (made,) = statements(talk, [text])
    total = agree + disagree + passed
    table = np.repeat([1, -1, 0], [agree, disagree, passed])[:, None]
    votes(people(talk, total), [made], table)
    return made.node


def tie(cast: Cast, finding: Finding, node: Node, relation: str = "supports") -> None:
    actions.tie_evidence(by=cast.mo, row=finding, source=node, relation=relation)


def test_a_finding_is_made_once_and_evidence_comes_next(client, cast: Cast):
    client.force_login(cast.mo)
    sent = {"key": uuid4(), "title": "The fare", "text": "It is dear.", "visibility": "public", "layer": "delivery"}
    for _ in range(2):
        answer = client.post("/pell/summer/findings/new/", sent)
        assert answer.headers["Location"].endswith("/evidence/")
    assert Finding.objects.get().node.layer == "delivery"


def test_a_faulty_citation_is_an_error_beside_its_field(client, cast: Cast):
    client.force_login(cast.mo)
    sent = {"key": uuid4(), "title": "The fare", "text": "See [[S-XXXXX]]. " + "ب" * 5000, "visibility": "public"}
    answer = client.post("/pell/summer/findings/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "[[S-XXXXX]] is not the code of anything in this programme" in page
    assert 'href="#id_text"' in page
    assert "ب" * 5000 in page


def test_a_citation_in_a_circle_is_an_error_that_keeps_the_text(client, cast: Cast, finding: Finding):
    later = actions.make_finding(by=cast.mo, of=cast.summer, title="Later", evidence=[(finding.node, "supports")])
    client.force_login(cast.mo)
    sent = {"title": "T", "text": f"It follows from [[{later.node.code}]].", "revision": 1}
    answer = client.post("/pell/F-7K3QD/edit/", sent)
    assert answer.status_code == 422
    assert "itself came of" in answer.content.decode()
    finding.refresh_from_db()
    assert finding.text == ""


def test_evidence_is_looked_for_and_tied_by_two_equal_buttons(client, cast: Cast, finding: Finding):
    fares, theirs = source(cast), add_source(by=cast.kit, of=cast.company, title="Club notes", type="note").node
    client.force_login(cast.mo)
    page = client.get("/pell/F-7K3QD/evidence/").content.decode()
    assert fares.code in page
    assert theirs.code not in page
    assert theirs.code in client.get("/pell/F-7K3QD/evidence/?q=club").content.decode()
    assert page.count('value="supports"') == page.count('value="contradicts"') == 1
    for relation in ("supports", "contradicts"):
        answer = client.post("/pell/F-7K3QD/evidence/", {"code": fares.code, "relation": relation, "note": "N"})
        assert answer.status_code == 302
        assert Link.objects.get(target=finding.node, withdrawn_at=None).relation == relation
    client.post("/pell/F-7K3QD/evidence/", {"code": fares.code, "relation": "untie"})
    assert not Link.objects.filter(target=finding.node, withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"code": "S-XXXXX", "relation": "supports"}, "S-XXXXX is not the code of anything"),
        ({"code": "F-7K3QD", "relation": "supports"}, "itself came of"),
        ({"code": "", "relation": "supports"}, "There is nothing under"),
        ({"code": "S-XXXXX"}, "Nothing is picked"),
    ],
)
def test_what_cannot_be_tied_is_said(client, cast: Cast, finding: Finding, sent, sentence: str):
    client.force_login(cast.mo)
    answer = client.post("/pell/F-7K3QD/evidence/", sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_story_that_is_only_to_be_read_is_not_tied(client, cast: Cast, finding: Finding):
    told = story(conversation(cast.summer), "Only for you.")
    told.consents.all().delete()
    client.force_login(cast.mo)
    answer = client.post("/pell/F-7K3QD/evidence/", {"code": told.code, "relation": "supports"})
    assert answer.status_code == 422
    assert "asked that it is only read" in answer.content.decode()


def test_evidence_for_and_against_stands_side_by_side(client, cast: Cast, finding: Finding):
    tie(cast, finding, source(cast, "Fares table"))
    tie(cast, finding, source(cast, "Gate counts"), "contradicts")
    page = client.get("/pell/F-7K3QD/").content.decode()
    assert page.index("Speaks for it") < page.index("Fares table") < page.index("Speaks against it")
    assert page.index("Speaks against it") < page.index("Gate counts")


def test_how_many_agreed_is_a_number_a_picture_and_a_table(client, cast: Cast, finding: Finding):
    tie(cast, finding, card(cast, 58, 12, 13))
    page = read(client.get("/pell/F-7K3QD/"))
    assert '<span class="weft-number">58</span>' in page
    assert "of 83 people agreed" in page
    assert "Of 83 people, 58 agreed, 12 disagreed and 13 passed." in page
    assert page.count('<rect class="weft-bar') == 3
    assert "70%" in page


def test_small_numbers_and_those_that_would_give_them_away_are_hidden(client, cast: Cast, finding: Finding):
    tie(cast, finding, card(cast, 58, 12, 3))
    page = read(client.get("/pell/F-7K3QD/"))
    assert "Of 73 people, 58 agreed and 15 did not." in page
    assert page.count('<rect class="weft-bar') == page.count('<rect class="weft-bar"') + 1 == 2
    assert 'class="weft-bar--m"' in page
    assert "“Did not” puts two answers together" in page
    tie(cast, finding, card(cast, 4, 20, 9, text="Most said no."))
    page = read(client.get("/pell/F-7K3QD/"))
    assert "Of 33 people, 20 disagreed and 13 did not." in page
    tie(cast, finding, card(cast, 9, 9, 60, text="Most passed."))
    page = read(client.get("/pell/F-7K3QD/"))
    assert ">78</span> <span>people answered the card" in page
    assert page.count("Answers to the card</title>") == 2
    tie(cast, finding, card(cast, 5, 2, 1, text="Few answered this."))
    page = read(client.get("/pell/F-7K3QD/"))
    assert "Too few people answered the card “<bdi>Few answered this.</bdi>”" in page.replace("<bdi >", "<bdi>")


def test_a_finding_may_rest_on_another_alone(client, cast: Cast, finding: Finding):
    first = actions.make_finding(by=cast.mo, of=cast.summer, title="So it began").node
    actions.tie_evidence(by=cast.mo, row=finding, source=first, relation="supports")
    page = client.get(finding.node.get_absolute_url())
    assert page.status_code == 200
    assert "of one kind" not in page.text


def test_one_kind_of_knowledge_that_carries_a_finding_alone_is_warned_of(client, cast: Cast, finding: Finding):
    def warned() -> bool:
        page = client.get("/pell/F-7K3QD/").content.decode()
        return "All the evidence is of one kind: lived experience. What would another kind say?" in page

    assert not warned()
    tie(cast, finding, card(cast, 12, 12, 12))
    told = story(conversation(cast.summer), "The bus is dear.", visibility="public")
    tie(cast, finding, take_excerpt(by=cast.mo, of=told, start=0, end=10).node)
    assert warned()
    fares = source(cast)
    tie(cast, finding, fares, "contradicts")
    assert not warned()
    actions.untie_evidence(by=cast.mo, row=finding, source=fares, relation="contradicts")
    assert warned()


@pytest.mark.parametrize("who", [None, "mo"])
def test_a_full_finding_stays_under_the_ceiling(
    client, cast: Cast, finding: Finding, gap: Gap, who, django_assert_max_num_queries
):
    for number in range(6):
        tie(cast, finding, card(cast, 20, 12, 11, text=f"Card {number}"), ("supports", "contradicts")[number % 2])
    told = story(conversation(cast.summer), "The bus is dear.", visibility="public")
    tie(cast, finding, take_excerpt(by=cast.mo, of=told, start=0, end=10).node)
    fares = source(cast)
    tie(cast, finding, fares)
    actions.edit_finding(by=cast.mo, row=finding, title="T", text=f"See [[{source(cast, 'Other').code}]].", revision=1)
    if who:
        client.force_login(getattr(cast, who))
    figures.step(statements=counted(Statement.objects.all()))  # what the first reader's page does, once in ten answers
    with django_assert_max_num_queries(12):
        assert client.get("/pell/F-7K3QD/").status_code == 200


def test_the_four_questions_are_answered_with_reasons(client, cast: Cast, finding: Finding):
    client.force_login(cast.mo)
    path = "/pell/F-7K3QD/questions/"
    assert "No question is answered yet" in client.post(path, {"method_reason": "", "revision": 1}).content.decode()
    without = client.post(path, {**ANSWERS, "method_reason": " ", "coherence_worry": ""})
    assert without.status_code == 422
    assert "has an answer and no reason" in without.content.decode()
    assert "has a reason and no answer" in without.content.decode()
    assert client.post(path, {**ANSWERS, "adequacy_worry": "3", "revision": 1}).status_code == 302
    page = client.get("/pell/F-7K3QD/").content.decode()
    for words in ("Not very sure.", "Was there a problem in how we found out?", "Many worries", "So it is."):
        assert words in page


def test_two_editors_of_a_finding_are_shown_both_texts(client, cast: Cast, finding: Finding):
    client.force_login(cast.mo)
    path = "/pell/F-7K3QD/edit/"
    assert client.post(path, {"title": "Ours", "text": "Mo wrote this.", "revision": 1}).status_code == 302
    client.force_login(cast.lena)
    answer = client.post(path, {"title": "Ours", "text": "Lena wrote this.", "revision": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mo wrote this." in page
    assert page.count("Lena wrote this.") == 2
    finding.refresh_from_db()
    assert finding.text == "Mo wrote this."


def test_what_people_type_is_shown_as_text(client, cast: Cast):
    evil = "<script>alert(1)</script>"
    made = actions.make_finding(by=cast.mo, of=cast.summer, title=evil, text=f"{evil} [a](javascript:alert(1))")
    page = client.get(made.node.get_absolute_url()).content.decode()
    assert evil not in page
    assert 'href="javascript' not in page


def test_withdrawing_leaves_a_tombstone_on_every_page_that_showed_it(client, cast: Cast, finding: Finding):
    other = actions.make_finding(
        by=cast.mo,
        of=cast.summer,
        title="Another",
        text="As we said, [[F-7K3QD]].",
        evidence=[(finding.node, "supports")],
    )
    client.force_login(cast.mo)
    assert "on this finding" in client.get("/pell/F-7K3QD/take-back/").content.decode()
    assert client.post("/pell/F-7K3QD/take-back/").status_code == 302
    assert client.get("/pell/F-7K3QD/").status_code == 410
    page = client.get(other.node.get_absolute_url()).content.decode()
    assert "The fare keeps families away" not in page
    assert "F-7K3QD was here. It was taken back." in page


def test_a_gap_goes_from_open_to_closed_and_back_on_its_pages(client, cast: Cast, gap: Gap):
    fares = source(cast)
    page = client.get("/pell/G-4P6NE/").content.decode()
    assert "Not known yet" in page
    assert "/pell/conversations/" in page
    assert "We do not know who never came" in client.get("/pell/F-7K3QD/").content.decode()
    client.force_login(cast.mo)
    assert client.post("/pell/G-4P6NE/offer/", {"code": fares.code, "note": "It may."}).status_code == 302
    assert f"?evidence={fares.code}" in client.get("/pell/G-4P6NE/offer/").content.decode()
    without = client.post("/pell/G-4P6NE/close/", {"code": fares.code, "how": ""})
    assert without.status_code == 422
    assert client.post("/pell/G-4P6NE/close/", {"code": fares.code, "how": "The table says."}).status_code == 302
    again = client.post("/pell/G-4P6NE/close/", {"code": fares.code, "how": "Again."})
    assert again.status_code == 422
    assert "This gap is closed already" in again.content.decode()
    page = client.get("/pell/G-4P6NE/").content.decode()
    assert "The table says." in page
    assert "Not known yet" not in page
    assert client.post("/pell/G-4P6NE/reopen/").status_code == 302
    assert client.post("/pell/G-4P6NE/reopen/").status_code == 409
    assert "Not known yet" in client.get("/pell/G-4P6NE/").content.decode()


def test_a_gap_is_noted_from_a_finding_and_edited(client, cast: Cast, finding: Finding):
    client.force_login(cast.mo)
    sent = {"key": uuid4(), "title": "We do not know why", "text": ""}
    assert client.post("/pell/summer/gaps/new/?of=F-7K3QD", sent).status_code == 302
    made = Gap.objects.get()
    assert Link.objects.get(target=made.node).source == finding.node
    path = f"/pell/{made.node.code}/edit/"
    assert client.post(path, {"title": "T", "text": "See [[S-XXXXX]]", "revision": 1}).status_code == 422
    assert client.post(path, {"title": "T", "text": "More.", "revision": 1}).status_code == 302
    assert client.post(path, {"title": "T", "text": "Other.", "revision": 1}).status_code == 409


def test_the_tab_and_its_jobs(cast: Cast, finding: Finding, gap: Gap, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        found = queries.jobs(cast.summer)
    assert [job.do for job in found] == ["Tie evidence", "Offer evidence"]
    tie(cast, finding, source(cast))
    assert queries.jobs(cast.summer)[0].do == "Answer four questions"
    actions.answer_questions(by=cast.mo, row=finding, answers={"method": (1, "So.")})
    actions.close_gap(by=cast.mo, row=gap, evidence=source(cast, "Later"), how="So.")
    assert queries.jobs(cast.summer) == []
    with django_assert_max_num_queries(4):
        work = queries.workspace(cast.summer)
    assert (work.finding_count, work.gap_count) == (1, 1)
    assert work.findings[0].is_tied


def test_a_cited_item_that_only_the_team_sees_is_not_named_to_others(client, cast: Cast, finding: Finding):
    told = story(conversation(cast.summer), "Between us: I skip lunch.")
    passage = take_excerpt(by=cast.mo, of=told, start=0, end=24).node
    actions.edit_finding(by=cast.mo, row=finding, title="T", text=f"One said [[{passage.code}]].", revision=1)
    page = client.get("/pell/F-7K3QD/").content.decode()
    assert "I skip lunch" not in page
    client.force_login(cast.mo)
    assert "I skip lunch" in client.get("/pell/F-7K3QD/").content.decode()
