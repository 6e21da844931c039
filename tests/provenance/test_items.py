"""What making, changing and taking back do for every plain noun."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.trail import trail
from weft.act.manifestos.actions import edit_ask, edit_manifesto, make_ask, write_manifesto
from weft.act.projects.actions import begin_project, change_what_is_tried, edit_project, enter_day
from weft.act.projects.models import Project
from weft.core.errors import Changed
from weft.people.audit.models import Entry
from weft.people.programmes.models import Organisation
from weft.provenance import items
from weft.provenance.items import Origin
from weft.provenance.models import Link, SearchText
from weft.sense.findings.actions import edit_gap, make_gap, withdraw_gap
from weft.sense.findings.models import Gap

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 3, 1, 12, tzinfo=UTC)


def ties(row) -> set[tuple[str, str, bool]]:
    """What an item rests on, in which way, and whether only its text says so."""
    links = Link.objects.filter(target=row.node, withdrawn_at=None)
    return set(links.values_list("source__code", "relation", "is_citation"))


def found_by(row) -> list[str]:
    return SearchText.objects.get(node=row.node).body.split("\n")


def test_an_item_comes_from_where_its_origin_says(cast: Cast):
    key = uuid4()
    ground = make_gap(by=cast.mo, of=cast.summer, title="Ground")
    gap = make_gap(
        by=cast.mo,
        of=cast.summer,
        title=" Who stays away ",
        text=f"See [[{ground.node.code}]].",
        origin=Origin(code="G-22222", at=EARLIER, key=key),
        visibility="programme",
        layer="community",
        knowledge_kind="lived",
    )
    node = gap.node
    node.refresh_from_db()
    assert (node.code, node.made_at, gap.key) == ("G-22222", EARLIER, key)
    assert (node.programme, node.team, node.made_by, node.kind) == (cast.pell, cast.summer, cast.mo, "gap")
    assert (node.title, node.visibility, node.layer, node.knowledge_kind) == (
        "Who stays away",
        "programme",
        "community",
        "lived",
    )
    assert ties(gap) == {(ground.node.code, "informs", True)}
    assert found_by(gap) == ["G-22222", "Who stays away", f"See [[{ground.node.code}]]."]
    assert trail()[-1] == ("Mo", "noted gap", "G-22222", "pell", "summer", {})
    assert make_gap(by=cast.kit, of=cast.company, title="Again", origin=Origin(key=key)) == gap
    assert Gap.objects.count() == 2


def test_without_more_it_is_of_now_and_for_everybody(cast: Cast):
    gaps = [make_gap(by=cast.cora, of=cast.pell, title="Whole") for _ in range(2)]
    node = gaps[0].node
    assert (node.programme, node.team, node.visibility, node.layer, node.knowledge_kind) == (
        cast.pell,
        None,
        "public",
        "",
        "",
    )
    assert gaps[0].key != gaps[1].key
    assert gaps[0].revision == 1


def test_an_item_comes_of_its_whole_and_of_its_sources(cast: Cast):
    manifesto = write_manifesto(by=cast.mo, of=cast.summer, title="What we ask")
    gap = make_gap(by=cast.mo, of=cast.summer, title="Ground")
    ask = make_ask(
        by=cast.mo,
        of=cast.summer,
        title="Run it",
        text="All year.",
        to_role="Head",
        manifesto=manifesto,
        sources=[(gap.node, "supports")],
    )
    whole, ground = manifesto.node.code, gap.node.code
    by_part = next(relation for code, relation, _ in ties(ask) if code == whole)
    assert ties(ask) == {(whole, by_part, False), (ground, "supports", False)}
    other = write_manifesto(by=cast.mo, of=cast.summer, title="Another")
    edit_ask(by=cast.mo, row=ask, revision=1, title="Run it", manifesto=other)
    assert ties(ask) == {(other.node.code, by_part, False), (ground, "supports", False)}
    edit_ask(by=cast.mo, row=ask, revision=2, title="Run it", manifesto=other)
    assert ties(ask) == {(other.node.code, by_part, False), (ground, "supports", False)}
    edit_ask(by=cast.mo, row=ask, revision=3, title="Run it", manifesto=None)
    assert ties(ask) == {(ground, "supports", False)}
    edit_ask(by=cast.mo, row=ask, revision=4, title="Run it", text=f"[[{whole}]]", manifesto=manifesto)
    edit_ask(by=cast.mo, row=ask, revision=5, title="Run it", manifesto=None)
    assert ties(ask) == {(ground, "supports", False), (whole, "informs", True)}
    made = Link.objects.filter(target=ask.node).values_list("made_by", flat=True)
    assert set(made) == {cast.mo.pk}


def test_an_edit_saves_what_is_given_and_leaves_the_rest(cast: Cast):
    gap = make_gap(by=cast.mo, of=cast.summer, title="Who stays away", text="We do not know.", visibility="team")
    Gap.objects.filter(pk=gap.pk).update(closed_how="kept")
    saved = edit_gap(by=cast.lena, row=gap, revision=1, title="Who stays", text="Nobody knows.")
    gap.refresh_from_db()
    gap.node.refresh_from_db()
    assert (saved.revision, gap.revision, gap.text, gap.closed_how) == (2, 2, "Nobody knows.", "kept")
    assert (gap.node.title, gap.node.visibility, gap.node.made_by) == ("Who stays", "team", cast.mo)
    assert found_by(gap)[1:] == ["Who stays", "Nobody knows.", "kept"]
    assert trail()[-1] == ("Lena", "edited gap", gap.node.code, "pell", "summer", {})
    items.edit(gap, by=cast.mo, did="edited gap", revision=None, text="Said once more.", visibility="programme")
    gap.node.refresh_from_db()
    assert (gap.node.title, gap.node.visibility) == ("Who stays", "programme")


def test_an_edit_lets_the_thread_follow_what_is_cited(cast: Cast):
    ground = make_gap(by=cast.mo, of=cast.summer, title="Ground").node.code
    gap = make_gap(by=cast.mo, of=cast.summer, title="Gap")
    edit_gap(by=cast.lena, row=gap, revision=1, title="Gap", text=f"[[{ground}]]")
    assert ties(gap) == {(ground, "informs", True)}
    assert Link.objects.get(target=gap.node).made_by == cast.lena
    edit_gap(by=cast.lena, row=gap, revision=2, title="Gap", text="")
    assert ties(gap) == set()


def test_the_second_of_two_is_shown_all_that_both_saved(cast: Cast):
    pool = Organisation.objects.create(programme=cast.pell, slug="pool", name="Pool", sector="community")
    facts = {"title": "Rides", "purpose": "Free.", "starts_on": date(2026, 5, 1)}
    project = begin_project(by=cast.mo, of=cast.summer, partners=[cast.kitchen], **facts)
    assert list(project.partners.all()) == [cast.kitchen]
    edit_project(by=cast.lena, row=project, revision=1, **facts | {"partners": [pool, cast.kitchen]})
    sent = facts | {"title": "Bus rides", "partners": [pool]}
    with pytest.raises(Changed) as caught:
        edit_project(by=cast.mo, row=project, revision=1, **sent)
    assert caught.value.saved == facts | {"partners": [pool, cast.kitchen]}
    assert caught.value.sent == sent
    assert caught.value.revision == 2
    edit_project(by=cast.mo, row=project, revision=2, **sent)
    assert list(Project.objects.get().partners.all()) == [pool]
    edit_project(by=cast.mo, row=project, revision=3, title="Rides")
    assert list(Project.objects.get().partners.all()) == [pool]


def test_an_item_is_found_by_its_parts_and_tied_to_what_they_cite(cast: Cast):
    ground = make_gap(by=cast.mo, of=cast.summer, title="Ground").node.code
    project = begin_project(by=cast.mo, of=cast.summer, title="Rides", purpose="Free.", trying="Six weeks.")
    assert found_by(project)[1:] == ["Rides", "Free.", "Six weeks."]
    change_what_is_tried(by=cast.lena, row=project, trying=f"All year [[{ground}]].", why_changed="It worked.")
    said = ["Six weeks.", f"All year [[{ground}]].", "It worked."]
    assert found_by(project)[1:3] == ["Rides", "Free."]
    assert sorted(found_by(project)[3:]) == sorted(said)
    assert ties(project) == {(ground, "informs", True)}
    assert Link.objects.get(target=project.node).made_by == cast.lena
    assert sorted(items.words(project)) == sorted(["Free.", "", *said])
    day = enter_day(by=cast.mo, project=project, on=date(2026, 5, 1), notes="Rain.", designed_with="Six people")
    assert found_by(day)[2:] == ["Six people", "Rain."]
    assert items.words(day) == ["Six people", "Rain."]


def test_a_manifesto_without_words_is_found_by_its_title(cast: Cast):
    manifesto = write_manifesto(by=cast.mo, of=cast.summer, title="What we ask")
    assert found_by(manifesto) == [manifesto.node.code, "What we ask"]
    edit_manifesto(by=cast.mo, row=manifesto, revision=1, title="We ask", made_with="24 people")
    assert found_by(manifesto)[1:] == ["We ask", "24 people"]


def test_what_is_taken_back_is_gone_once_and_on_its_day(cast: Cast):
    gap = make_gap(
        by=cast.mo,
        of=cast.summer,
        title="Who stays away from the pool all summer long",
        text="We do not know who they are at all.",
    )
    other = make_gap(
        by=cast.mo, of=cast.summer, title="Next", text=f"[[{gap.node.code}]] We do not know who they are at all."
    )
    titled = make_gap(
        by=cast.mo,
        of=cast.summer,
        title="Last",
        text=f"[[{gap.node.code}]] Who stays away from the pool all summer long",
    )
    before = Entry.objects.count()
    assert [one.code for one in withdraw_gap(by=cast.lena, row=gap, at=EARLIER)] == [gap.node.code]
    gap.node.refresh_from_db()
    assert (gap.node.withdrawn_at, gap.node.title) == (EARLIER, "")
    assert withdraw_gap(by=cast.lena, row=gap) == []
    assert trail(before) == [("Lena", "withdrew gap", gap.node.code, "pell", "summer", {})]
    for one in (other, titled):
        one.refresh_from_db()
        assert one.text.startswith(f"[[{gap.node.code}]] (words taken back on 1 March 2026; mark ")
