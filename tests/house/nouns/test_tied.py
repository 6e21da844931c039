"""Whatever its kind, what an item was tied to can be untied and tied again on the page that changes it."""

import pytest
from django.utils.html import escape

from tests.house.nouns.editing import NOT_EDITED, opened, save
from tests.house.nouns.making import House, edit_page
from tests.journeys.walker import Walker
from weft.core.columns import citing_of
from weft.people.audit.models import Entry
from weft.provenance.actions import link, record, unlink
from weft.provenance.models import AskState, Link, Node, Visibility
from weft.provenance.queries.ties import FIXED
from weft.provenance.registry import NOUNS, serving

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

RESTING = [key for key, noun in NOUNS.items() if noun.rests_on and noun.rests_by not in FIXED and key not in NOT_EDITED]
CITING = {
    key: name for key in RESTING for name in (*citing_of(NOUNS[key].model), *(["text"] if key == "problem" else []))
}
each_resting = pytest.mark.parametrize("kind", RESTING)


def something(house: House, kind: str, title: str, team: str = "summer", **more: str) -> Node:
    """Something that an item of this kind can rest on."""
    serves = next(key for key in serving(NOUNS[kind].rests_on) if key != "story")
    of = getattr(house.people, team)
    return record(by=house.people.lena, kind=serves, programme=of.programme, team=of, title=title, **more)


def opens(house: House, kind: str, who: str = "mo") -> Walker:
    """The page that changes the item of a kind."""
    page = house.walker(who).open(edit_page(house.nodes[kind]))
    assert page.status == 200
    return page


def ticked(page: Walker) -> list[str]:
    """What is ticked on an open page."""
    return opened(page).values.get("sources", [])


def tick(page: Walker, kind: str, *nodes: Node) -> Walker:
    """Tick something besides, and save."""
    return save(page, kind, {"sources": [*ticked(page), *(str(node.pk) for node in nodes)]})


def untick(page: Walker, kind: str, node: Node) -> Walker:
    """Take one tick away, and save."""
    assert str(node.pk) in ticked(page)
    return save(page, kind, {"sources": [key for key in ticked(page) if key != str(node.pk)]})


def ties(house: House, kind: str, source: Node) -> list[str]:
    """How an item rests on another one now."""
    found = Link.objects.filter(source=source, target=house.nodes[kind], withdrawn_at=None)
    return list(found.values_list("relation", flat=True))


def on_its_page(house: House, kind: str, source: Node) -> bool:
    """Whether the item's own page names the other one."""
    return source.code in house.walker("mo").open(house.nodes[kind].get_absolute_url()).html


def did(house: House, kind: str) -> list[str]:
    """What the audit trail says of its ties."""
    found = Entry.objects.filter(on=house.nodes[kind].code, did__in=["tied", "untied"]).order_by("pk")
    return list(found.values_list("did", flat=True))


@each_resting
def test_it_is_tied_untied_and_tied_again(house: House, kind: str) -> None:
    source, usual = something(house, kind, "A thing to rest on"), NOUNS[kind].rests_by
    assert tick(opens(house, kind), kind, source).status == 200
    assert (ties(house, kind, source), on_its_page(house, kind, source)) == ([usual], True)
    assert untick(opens(house, kind), kind, source).status == 200
    assert (ties(house, kind, source), on_its_page(house, kind, source)) == ([], False)
    assert tick(opens(house, kind), kind, source).status == 200
    assert (ties(house, kind, source), on_its_page(house, kind, source)) == ([usual], True)
    assert Link.objects.filter(source=source, target=house.nodes[kind]).count() == 1
    assert did(house, kind) == ["tied", "untied", "tied"]


@each_resting
def test_what_another_team_has_is_offered_only_where_it_is_looked_for(house: House, kind: str) -> None:
    source = something(house, kind, "A lantern over there", team="company")
    page = opens(house, kind)
    assert source.title not in page.html
    page.press("Look", sources_words="lantern")
    assert page.status == 200
    assert f"{escape(source.title)}</label>" in page.html
    assert page.reads(house.people.company.name)
    assert tick(page, kind, source).status == 200
    assert ties(house, kind, source) == [NOUNS[kind].rests_by]
    assert str(source.pk) in ticked(opens(house, kind)), "what is ticked stays listed wherever it comes from"
    assert untick(opens(house, kind), kind, source).status == 200
    assert ties(house, kind, source) == []


@each_resting
def test_looking_keeps_what_was_typed_and_saves_nothing(house: House, kind: str) -> None:
    source, page = something(house, kind, "A thing to rest on"), opens(house, kind)
    before = opened(page).values
    page.press("Look", title="Half a", sources=[*ticked(page), str(source.pk)], sources_words="nothing like it")
    assert page.status == 200
    assert opened(page).values["title"] == ["Half a"]
    assert str(source.pk) in ticked(page)
    assert page.reads("Nothing was found for “nothing like it”.")
    assert "govuk-error" not in page.html
    assert ties(house, kind, source) == []
    assert opened(opens(house, kind)).values["title"] == before["title"]


@each_resting
def test_words_that_were_not_looked_for_yet_are_looked_for_first(house: House, kind: str) -> None:
    source, page = something(house, kind, "A lantern over there", team="company"), opens(house, kind)
    save(page, kind, {"sources_words": "lantern"})
    assert page.reads("Found for “lantern”")
    assert tick(page, kind, source).status == 200
    assert ties(house, kind, source) == [NOUNS[kind].rests_by]


@each_resting
def test_what_one_may_not_see_is_neither_offered_nor_untied(house: House, kind: str) -> None:
    source = something(house, kind, "A lantern in the dark", team="company", visibility=Visibility.TEAM)
    page = opens(house, kind).press("Look", sources_words="lantern")
    assert escape(source.title) not in page.html
    assert tick(page, kind, source).status == 422
    assert ties(house, kind, source) == []
    link(by=house.people.kit, source=source, target=house.nodes[kind], relation=NOUNS[kind].rests_by)
    page = opens(house, kind)
    assert source.title not in page.html
    assert str(source.pk) not in page.html
    assert save(page, kind, {"title": "Another name", "sources_before": str(source.pk)}).status == 200
    assert ties(house, kind, source) == [NOUNS[kind].rests_by]


@each_resting
def test_what_was_taken_back_is_not_offered(house: House, kind: str) -> None:
    source = something(house, kind, "A lantern that was")
    link(by=house.people.mo, source=source, target=house.nodes[kind], relation=NOUNS[kind].rests_by)
    unlink(source=source, target=house.nodes[kind], relation=NOUNS[kind].rests_by)
    assert str(source.pk) in opens(house, kind).html
    Node.objects.filter(pk=source.pk).update(withdrawn_at=source.made_at)
    assert str(source.pk) not in opens(house, kind).html
    assert tick(opens(house, kind), kind, source).status == 422


@each_resting
def test_a_form_opened_before_does_not_untie_what_another_page_tied(house: House, kind: str) -> None:
    source, page = something(house, kind, "Tied meanwhile"), opens(house, kind)
    link(by=house.people.lena, source=source, target=house.nodes[kind], relation=NOUNS[kind].rests_by)
    assert save(page, kind, {"title": "Another name"}).status == 200
    assert ties(house, kind, source) == [NOUNS[kind].rests_by]


@pytest.mark.parametrize("kind", [kind for kind in RESTING if kind != "problem"])
def test_the_second_of_two_who_change_ties_is_shown_both(house: House, kind: str) -> None:
    theirs, mine = something(house, kind, "Theirs to rest on"), something(house, kind, "Mine to rest on")
    first, second = opens(house, kind), opens(house, kind, "lena")
    assert tick(first, kind, theirs).status == 200
    assert tick(second, kind, mine).status == 409
    shown = second.html.partition('id="two-versions"')[2].partition("</section>")[0]
    assert theirs.title in shown
    assert mine.title in shown
    assert {str(theirs.pk), str(mine.pk)} <= {*ticked(second)}, "saving again undoes nothing of the other's"
    assert save(second, kind, {}).status == 200
    assert ties(house, kind, theirs) == ties(house, kind, mine) == [NOUNS[kind].rests_by]


@pytest.mark.parametrize("kind", CITING)
def test_what_the_text_cites_stays_tied(house: House, kind: str) -> None:
    source, text = something(house, kind, "Cited and tied"), CITING[kind]
    page = opens(house, kind)
    cited = {text: f"As in [[{source.code}]].", "sources": [*ticked(page), str(source.pk)]}
    assert save(page, kind, cited).status == 200
    page = untick(opens(house, kind), kind, source)
    assert page.status == 422
    assert page.reads(f"The text cites {source.code}, so it stays ticked. Take [[{source.code}]] out")
    assert ties(house, kind, source) == [NOUNS[kind].rests_by]
    kept = [key for key in ticked(opens(house, kind)) if key != str(source.pk)]
    assert save(opens(house, kind), kind, {text: "As it is.", "sources": kept}).status == 200
    assert ties(house, kind, source) == []


@each_resting
def test_it_cannot_rest_on_what_came_of_it(house: House, kind: str) -> None:
    source = something(house, kind, "What came of it")
    link(by=house.people.mo, source=house.nodes[kind], target=source, relation="informs")
    page = tick(opens(house, kind), kind, source)
    assert page.status == 422
    assert page.reads(f"{source.code} itself came of {house.nodes[kind].code}")
    assert ties(house, kind, source) == []


@pytest.mark.parametrize("kind", ["ask", "recommendation"])
def test_of_what_is_answered_the_ties_can_be_put_right_and_the_words_stand(house: House, kind: str) -> None:
    source, node = something(house, kind, "A thing to rest on"), house.nodes[kind]
    NOUNS[kind].model._default_manager.filter(pk=node.pk).update(state=AskState.YES)
    page = house.walker("mo").open(node.get_absolute_url()).follow("Change what it rests on")
    assert tick(page, kind, source).status == 200
    assert ties(house, kind, source) == ["informs"]
    page = save(opens(house, kind), kind, {"title": "Another name"})
    assert page.status == 422
    assert page.reads("stand as they were answered")
