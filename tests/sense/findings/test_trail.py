"""What is kept of everything that is done to findings and gaps."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.trail import trail
from weft.core import dates
from weft.core.errors import Changed, Refused
from weft.people.audit.models import Entry
from weft.provenance.models import Link, SearchText
from weft.sense.findings import actions
from weft.sense.findings.models import Finding
from weft.sense.sources.actions import add_source

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 3, 1, 12, tzinfo=UTC)


def sources(cast: Cast, how_many: int):
    return [add_source(by=cast.mo, of=cast.summer, title=f"S{n}", type="data").node for n in range(how_many)]


def test_each_act_on_a_finding_is_in_the_trail(cast: Cast):
    fares, gates = sources(cast, 2)
    before = Entry.objects.count()
    row = actions.make_finding(by=cast.mo, of=cast.summer, title="Fares", evidence=[(fares, "supports", "Page 2.")])
    actions.tie_evidence(by=cast.lena, row=row, source=gates, relation="contradicts", note="In May.")
    actions.untie_evidence(by=cast.lena, row=row, source=fares, relation="supports")
    actions.answer_questions(by=cast.lena, row=row, answers={"method": (1, "Two gates.")})
    actions.edit_finding(by=cast.lena, row=row, revision=1, title="Fares", text="Dear.")
    actions.withdraw_finding(by=cast.lena, row=row, at=EARLIER)
    here = (row.node.code, "pell", "summer")
    assert trail(before) == [
        ("Mo", "made finding", *here, {}),
        ("Mo", "tied evidence", *here, {"evidence": fares.code, "relation": "supports"}),
        ("Lena", "tied evidence", *here, {"evidence": gates.code, "relation": "contradicts"}),
        ("Lena", "untied evidence", *here, {"evidence": fares.code, "relation": "supports"}),
        ("Lena", "said how sure", *here, {}),
        ("Lena", "edited finding", *here, {}),
        ("Lena", "withdrew finding", *here, {}),
    ]
    made_by = dict(Link.objects.filter(target=row.node).values_list("source", "made_by"))
    assert made_by == {fares.pk: cast.mo.pk, gates.pk: cast.lena.pk}
    row.node.refresh_from_db()
    assert row.node.withdrawn_at == EARLIER


def test_each_act_on_a_gap_is_in_the_trail(cast: Cast):
    fares, gates = sources(cast, 2)
    before = Entry.objects.count()
    row = actions.make_gap(by=cast.mo, of=cast.summer, title="Who stays away")
    offered = actions.offer_evidence(by=cast.lena, row=row, evidence=gates, note="Page 2.")
    actions.close_gap(by=cast.lena, row=row, evidence=fares, how=" Counted. ", closed_at=EARLIER)
    row.refresh_from_db()
    assert (row.closed_by, row.closed_how, row.closed_at) == (fares, "Counted.", EARLIER)
    assert "Counted." in SearchText.objects.get(node=row.node).body
    actions.reopen_gap(by=cast.lena, row=row)
    row.refresh_from_db()
    assert (row.closed_by, row.closed_how, row.closed_at) == (None, "", None)
    assert "Counted." not in SearchText.objects.get(node=row.node).body
    actions.edit_gap(by=cast.lena, row=row, revision=1, title="Who stays away", text="We do not know.")
    actions.withdraw_gap(by=cast.lena, row=row, at=EARLIER)
    here = (row.node.code, "pell", "summer")
    assert trail(before) == [
        ("Mo", "noted gap", *here, {}),
        ("Lena", "offered evidence", *here, {"evidence": gates.code}),
        ("Lena", "closed gap", *here, {"evidence": fares.code}),
        ("Lena", "opened gap again", *here, {"evidence": fares.code}),
        ("Lena", "edited gap", *here, {}),
        ("Lena", "withdrew gap", *here, {}),
    ]
    assert (offered.made_by, offered.note, offered.relation) == (cast.lena, "Page 2.", "informs")
    row.node.refresh_from_db()
    assert row.node.withdrawn_at == EARLIER


def test_who_closes_a_gap_ties_what_closed_it(cast: Cast):
    (fares,) = sources(cast, 1)
    row = actions.make_gap(by=cast.mo, of=cast.summer, title="Who stays away")
    actions.close_gap(by=cast.lena, row=row, evidence=fares, how="Counted.")
    link = Link.objects.get(target=row.node)
    assert (link.source, link.relation, link.made_by, link.note) == (fares, "answers", cast.lena, "")
    row.refresh_from_db()
    assert abs(row.closed_at - timezone.now()) < timedelta(minutes=5)
    with pytest.raises(Refused, match="closed already"):
        actions.close_gap(by=cast.lena, row=row, evidence=fares, how="Counted again.")
    actions.reopen_gap(by=cast.lena, row=row)
    with pytest.raises(Refused, match="open already"):
        actions.reopen_gap(by=cast.lena, row=row)


def test_a_gap_that_is_opened_again_ties_in_the_name_of_who_did_it(cast: Cast):
    (fares,) = sources(cast, 1)
    row = actions.make_gap(by=cast.mo, of=cast.summer, title="Who stays away", text=f"[[{fares.code}]]")
    Link.objects.filter(target=row.node).delete()
    actions.close_gap(by=cast.lena, row=row, evidence=fares, how="Counted.")
    actions.reopen_gap(by=cast.lena, row=row)
    standing = Link.objects.get(target=row.node, withdrawn_at=None)
    assert (standing.relation, standing.is_citation, standing.made_by) == ("informs", True, cast.lena)


def test_evidence_that_is_untied_and_still_cited_is_cited_by_who_untied_it(cast: Cast):
    (fares,) = sources(cast, 1)
    row = actions.make_finding(
        by=cast.mo, of=cast.summer, title="Fares", text=f"[[{fares.code}]]", evidence=[(fares, "supports")]
    )
    Link.objects.filter(target=row.node, relation="informs").delete()
    actions.untie_evidence(by=cast.lena, row=row, source=fares, relation="supports")
    standing = Link.objects.get(target=row.node, withdrawn_at=None)
    assert (standing.relation, standing.is_citation, standing.made_by) == ("informs", True, cast.lena)


def test_how_sure_is_said_on_a_day_and_counts_its_own_revisions(cast: Cast):
    row = actions.make_finding(by=cast.mo, of=cast.summer, title="Fares")
    before = row.asked_revision
    actions.answer_questions(by=cast.mo, row=row, answers={"method": (1, " Two gates. ")}, revision=before)
    row.refresh_from_db()
    assert (row.method_worry, row.method_reason, row.asked_on) == (1, "Two gates.", dates.today())
    assert row.asked_revision == before + 1
    assert row.revision == 1
    day = date(2026, 3, 1)
    answers = {"method": (2, "One gate."), "adequacy": (0, "Many.")}
    with pytest.raises(Changed) as caught:
        actions.answer_questions(by=cast.lena, row=row, answers=answers, revision=before)
    assert caught.value.saved == {
        "method_worry": 1,
        "method_reason": "Two gates.",
        "adequacy_worry": row.adequacy_worry,
        "adequacy_reason": "",
    }
    Finding.objects.filter(pk=row.pk).update(text="kept")
    actions.answer_questions(by=cast.lena, row=row, answers=answers, revision=before + 1, asked_on=day)
    row.refresh_from_db()
    assert (row.method_worry, row.adequacy_worry, row.adequacy_reason, row.asked_on) == (2, 0, "Many.", day)
    assert (row.text, row.asked_revision) == ("kept", before + 2)


def test_what_is_tied_or_offered_without_a_note_has_none(cast: Cast):
    one, two = sources(cast, 2)
    finding = actions.make_finding(by=cast.mo, of=cast.summer, title="Fares")
    gap = actions.make_gap(by=cast.mo, of=cast.summer, title="Who stays away")
    actions.tie_evidence(by=cast.mo, row=finding, source=one, relation="supports")
    actions.offer_evidence(by=cast.mo, row=gap, evidence=two)
    assert list(Link.objects.values_list("note", flat=True)) == ["", ""]


def test_how_sure_a_team_is_was_not_asked_tomorrow(cast: Cast):
    row = actions.make_finding(by=cast.mo, of=cast.summer, title="Fares")
    answers = {"method": (1, "Two gates.")}
    with pytest.raises(Refused, match="not come yet") as refused:
        actions.answer_questions(by=cast.mo, row=row, answers=answers, asked_on=dates.in_days(1))
    assert refused.value.field == "asked_on"


def test_a_gap_is_saved_once_by_each(cast: Cast):
    row = actions.make_gap(by=cast.mo, of=cast.summer, title="Who stays away")
    actions.edit_gap(by=cast.lena, row=row, revision=1, title="Who stays")
    with pytest.raises(Changed):
        actions.edit_gap(by=cast.mo, row=row, revision=1, title="Who comes")
