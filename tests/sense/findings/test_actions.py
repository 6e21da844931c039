"""Making findings and gaps, and what is tied to them."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.sense.voices import conversation, statements, story
from weft.core.errors import Changed, Refused
from weft.people.audit.models import Entry
from weft.provenance.actions import UnknownCode, link
from weft.provenance.items import Origin
from weft.provenance.models import Link, Node, SearchText
from weft.sense.findings import actions
from weft.sense.findings.models import Finding, Gap
from weft.sense.sources.actions import add_source, take_excerpt


def source(cast: Cast, title: str = "Bus fares, spring", **more: object) -> Node:
    return add_source(by=cast.mo, of=cast.summer, title=title, type="data", **more).node


def finding(cast: Cast, **more: object) -> Finding:
    return actions.make_finding(
        by=cast.mo, of=cast.summer, **{"title": "The fare, not the fee, keeps families away", **more}
    )


def standing(node: Node) -> set[tuple[str, str]]:
    links = Link.objects.filter(target=node, withdrawn_at=None)
    return set(links.values_list("source__code", "relation"))


def test_a_finding_comes_with_its_evidence_and_keeps_what_a_file_says(cast: Cast):
    fares, counts, at = source(cast), source(cast, "Gate counts"), datetime(2025, 6, 1, 9, tzinfo=UTC)
    made = finding(
        cast, evidence=[(fares, "supports"), (counts, "contradicts", "In May.")], origin=Origin(code="F-7K3QD", at=at)
    )
    assert (made.node.code, made.node.made_at) == ("F-7K3QD", at)
    assert standing(made.node) == {(fares.code, "supports"), (counts.code, "contradicts")}
    assert Link.objects.get(source=counts).note == "In May."
    assert Entry.objects.filter(did="made finding", on="F-7K3QD").exists()


def test_a_form_sent_twice_makes_one_finding(cast: Cast):
    key = uuid4()
    assert finding(cast, origin=Origin(key=key)) == finding(cast, origin=Origin(key=key))
    assert Finding.objects.count() == 1


def test_citing_ties_and_no_longer_citing_unties(cast: Cast):
    fares = source(cast)
    made = finding(cast, text=f"A return costs 9.60 pounds [[{fares.code}]].")
    assert standing(made.node) == {(fares.code, "informs")}
    actions.edit_finding(by=cast.mo, row=made, title="T", text="A return is dear.", revision=1)
    assert standing(made.node) == set()


def test_a_code_that_leads_nowhere_is_refused_and_nothing_is_made(cast: Cast):
    with pytest.raises(UnknownCode, match="S-XXXXX"):
        finding(cast, text="See [[S-XXXXX]].")
    assert not Node.objects.filter(kind="finding").exists()


def test_evidence_speaks_one_way_only(cast: Cast):
    fares, made = source(cast), finding(cast)
    actions.tie_evidence(by=cast.mo, row=made, source=fares, relation="supports")
    actions.tie_evidence(by=cast.mo, row=made, source=fares, relation="contradicts", note="On two days.")
    assert standing(made.node) == {(fares.code, "contradicts")}
    with pytest.raises(Refused):
        actions.tie_evidence(by=cast.mo, row=made, source=fares, relation="informs")


def test_evidence_that_is_cited_has_one_link_and_keeps_the_citation_when_untied(cast: Cast):
    fares = source(cast)
    made = finding(cast, text=f"It is dear [[{fares.code}]].")
    actions.tie_evidence(by=cast.mo, row=made, source=fares, relation="supports")
    assert standing(made.node) == {(fares.code, "supports")}
    actions.untie_evidence(by=cast.mo, row=made, source=fares, relation="supports")
    assert standing(made.node) == {(fares.code, "informs")}


def test_a_finding_cannot_rest_on_what_came_of_it(cast: Cast):
    first = finding(cast)
    second = finding(cast, title="It follows", evidence=[(first.node, "supports")])
    with pytest.raises(Refused, match="itself came of"):
        actions.tie_evidence(by=cast.mo, row=first, source=second.node, relation="supports")


def test_every_answer_on_how_sure_has_its_reason(cast: Cast):
    made = finding(cast)
    with pytest.raises(Refused, match="needs a reason"):
        actions.answer_questions(by=cast.mo, row=made, answers={"method": (2, "  ")})
    with pytest.raises(Refused, match="no question called luck"):
        actions.answer_questions(by=cast.mo, row=made, answers={"luck": (2, "It was.")})
    day = date(2026, 6, 30)
    actions.answer_questions(by=cast.mo, row=made, answers={"method": (2, "Met at the kitchen.")}, asked_on=day)
    made.refresh_from_db()
    assert (made.method_worry, made.method_reason, made.asked_on) == (2, "Met at the kitchen.", day)
    assert made.adequacy_worry is None


def test_the_second_of_two_editors_is_shown_both_texts(cast: Cast):
    made = finding(cast)
    actions.edit_finding(by=cast.mo, row=made, title="Mo's", text="Mo's words.", revision=1)
    with pytest.raises(Changed) as changed:
        actions.edit_finding(by=cast.lena, row=made, title="Lena's", text="Lena's words.", revision=1)
    assert changed.value.saved == {"title": "Mo's", "text": "Mo's words."}
    assert changed.value.sent == {"title": "Lena's", "text": "Lena's words."}
    made.refresh_from_db()
    assert made.text == "Mo's words."


def test_withdrawing_a_finding_takes_its_own_words_back_and_leaves_those_of_others(cast: Cast):
    said = "I take them on the first day and then we stay home"
    told = story(conversation(cast.summer), said)
    passage = take_excerpt(by=cast.mo, of=told, start=0, end=len(said))
    made = finding(
        cast,
        title="Buses",
        text=f"They said: {said}. And we conclude that buses should run free.",
        evidence=[(passage.node, "supports")],
    )
    other = finding(cast, title="Another", text=f"They said: {said}. And we conclude that buses should run free.")
    link(by=cast.mo, source=made.node, target=other.node, relation="informs")
    actions.withdraw_finding(by=cast.mo, row=made)
    for item in (made, other, passage):
        item.refresh_from_db()
    assert (made.text, made.node.title) == ("", "")
    assert passage.quote == said
    assert said in other.text
    assert "conclude that buses should run free" not in other.text
    assert not SearchText.objects.filter(node=made.node).exists()


def test_a_gap_is_closed_by_named_evidence_and_opened_again(cast: Cast):
    made, fares = finding(cast), source(cast)
    gap = actions.make_gap(
        by=cast.mo,
        of=cast.summer,
        title="Who never came?",
        sources=[(made.node, "produced")],
        origin=Origin(code="G-4P6NE"),
    )
    assert standing(gap.node) == {(made.node.code, "produced")}
    actions.offer_evidence(by=cast.mo, row=gap, evidence=fares, note="Perhaps.")
    closed = actions.close_gap(by=cast.mo, row=gap, evidence=fares, how="The fares show it.")
    assert (closed.is_open, closed.closed_by, closed.closed_how) == (False, fares, "The fares show it.")
    assert (fares.code, "answers") in standing(gap.node)
    with pytest.raises(Refused, match="closed already"):
        actions.close_gap(by=cast.mo, row=gap, evidence=fares, how="Again.")
    assert actions.reopen_gap(by=cast.lena, row=gap).is_open
    assert (fares.code, "answers") not in standing(gap.node)
    with pytest.raises(Refused, match="open already"):
        actions.reopen_gap(by=cast.lena, row=gap)


def test_evidence_that_came_of_the_gap_itself_may_close_it(cast: Cast):
    gap = actions.make_gap(by=cast.mo, of=cast.summer, title="Who never came?")
    later = finding(cast, title="Families who had not heard", text=f"We asked [[{gap.node.code}]].")
    actions.close_gap(by=cast.mo, row=gap, evidence=later.node, how="We asked forty families.")
    assert Gap.objects.get().closed_by == later.node
    assert standing(gap.node) == set()


def test_a_gap_is_not_closed_by_what_was_taken_back_or_by_another_programme(cast: Cast):
    gap = actions.make_gap(by=cast.mo, of=cast.summer, title="Who never came?")
    theirs = add_source(by=cast.ola, of=cast.others, title="Elsewhere", type="note").node
    for evidence in (gap.node, theirs):
        with pytest.raises(Refused, match="something else in the same programme"):
            actions.close_gap(by=cast.mo, row=gap, evidence=evidence, how="So.")
    gone = finding(cast).node
    actions.withdraw_finding(by=cast.mo, row=gone.finding)
    gone.refresh_from_db()
    with pytest.raises(Refused, match="taken back"):
        actions.close_gap(by=cast.mo, row=gap, evidence=gone, how="So.")


def test_statements_can_be_evidence(cast: Cast):
    (card,) = statements(conversation(cast.summer), ["The bus costs more than the swim."])
    made = finding(cast, evidence=[(card.node, "supports")])
    assert standing(made.node) == {(card.node.code, "supports")}


def test_withdrawing_a_gap_takes_back_what_closed_it_too(cast: Cast):
    how = "Forty families told us that nobody had ever asked them."
    gap = actions.make_gap(by=cast.mo, of=cast.summer, title="Who never came?")
    actions.close_gap(by=cast.mo, row=gap, evidence=source(cast), how=how)
    later = finding(cast, text=f"As [[{gap.node.code}]] says: {how}")
    actions.withdraw_gap(by=cast.mo, row=gap)
    for item in (gap, later):
        item.refresh_from_db()
    assert gap.closed_how == ""
    assert "nobody had ever asked" not in later.text
    assert later.text.startswith(f"As [[{gap.node.code}]] says: (words taken back on ")


def test_a_gap_opened_again_keeps_what_its_text_cites(cast: Cast):
    fares = source(cast)
    gap = actions.make_gap(by=cast.mo, of=cast.summer, title="Who never came?")
    actions.close_gap(by=cast.mo, row=gap, evidence=fares, how="The fares show it.")
    actions.edit_gap(by=cast.mo, row=gap, title="Who?", text=f"Not in [[{fares.code}]].", revision=1)
    assert standing(gap.node) == {(fares.code, "answers")}
    actions.reopen_gap(by=cast.mo, row=gap)
    assert standing(gap.node) == {(fares.code, "informs")}
