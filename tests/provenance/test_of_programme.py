"""What may belong to the whole programme is its convenors' to change, and is seen as its visibility says."""

from datetime import date

import pytest
from django.urls import get_resolver, reverse

from tests.cast import Cast
from tests.house.nouns.editing import NOT_EDITED
from tests.house.nouns.making import edit_page, take_back_page, word
from tests.journeys.walker import Walker
from weft.provenance.models import Node, Visibility
from weft.provenance.registry import NOUNS
from weft.sense.sources.actions import add_source, take_excerpt

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

OF_PROGRAMME = [key for key, noun in NOUNS.items() if noun.of_programme]
NEEDED = {
    "source": {"type": "paper", "text": "A return for four costs 9.60 pounds."},
    "reflection": {"outcome": "differently", "learned": "Ask for nothing.", "on": date(2026, 8, 1)},
    "recommendation": {"text": "At meals.", "to_role": "Directors"},
}
FORMS = {
    "source": ("sources:new", "Add it", {"type": "paper"}),
    "gap": ("findings:new_gap", "Save", {}),
    "reflection": ("reflections:new", "Save", {"outcome": "differently", "learned": "Ask."}),
}
each_kind = pytest.mark.parametrize("kind", OF_PROGRAMME)


def made(cast: Cast, kind: str, visibility: str = Visibility.PUBLIC) -> Node:
    """An item of the whole programme, made by its action."""
    if kind == "excerpt":
        of = made(cast, "source", visibility)
        node: Node = take_excerpt(by=cast.cora, of=of, start=0, end=8, note="zqexcerpt").node
        return node
    more = dict(NEEDED.get(kind, {}))
    if kind == "recommendation":
        more["sources"] = [made(cast, "insight")]
    said = {"by": cast.cora, "of": cast.pell, "title": f"The {word(kind)} of all", "visibility": visibility}
    row = NOUNS[kind].make(**said, **more)  # type: ignore[misc]
    return Node.objects.select_related("programme", "team").get(pk=row.pk)


def pages(node: Node) -> list[str]:
    """Every page that an item of its kind has."""
    app = node.about.page.partition(":")[0]
    names = [str(name) for name in dict(get_resolver().namespace_dict)[app][1].reverse_dict if isinstance(name, str)]
    own = [name for name in names if name == node.kind or name.startswith(f"{node.kind}-")]
    return [reverse(f"{app}:{name}", args=[node.programme.slug, node.code]) for name in own]


def status(user: object, address: str) -> int:
    walker = Walker()
    if user is not None:
        walker.client.force_login(user)
    return int(walker.client.get(address).status_code)


def test_the_programme_has_what_belongs_to_no_team_alone() -> None:
    assert OF_PROGRAMME == ["source", "excerpt", "gap", "reflection", "insight", "recommendation"]


@each_kind
def test_its_pages_open_for_convenors_and_what_changes_it_for_nobody_else(cast: Cast, kind: str) -> None:
    node = made(cast, kind)
    assert len(pages(node)) > 1
    for address in pages(node):
        answer = status(cast.cora, address)
        assert answer in {200, 302, 405}, f"{address} answers {answer}"
        if address != node.get_absolute_url() and not address.endswith("/thread/"):
            assert {status(who, address) for who in (cast.mo, cast.lena, cast.sam, cast.ola, cast.nobody)} <= {404, 403}
            assert status(None, address) in {302, 404}
    assert {status(who, node.get_absolute_url()) for who in (None, cast.mo, cast.ola)} == {200}


@each_kind
@pytest.mark.parametrize(
    ("visibility", "seen_by"), [(Visibility.PROGRAMME, {"cora", "mo"}), (Visibility.TEAM, {"cora"})]
)
def test_it_is_seen_as_its_visibility_says(cast: Cast, kind: str, visibility: str, seen_by: set[str]) -> None:
    address = made(cast, kind, visibility).get_absolute_url()
    for who in ("cora", "mo", "ola", "nobody"):
        assert status(getattr(cast, who), address) == (200 if who in seen_by else 404)
    assert status(None, address) == 404


@pytest.mark.parametrize("kind", [kind for kind in OF_PROGRAMME if kind not in NOT_EDITED])
def test_a_convenor_changes_it_and_takes_it_back(cast: Cast, kind: str) -> None:
    node, walker = made(cast, kind), Walker()
    walker.client.force_login(cast.cora)
    assert walker.open(edit_page(node)).press("Save", title="It has another name").status == 200
    assert walker.reads("It has another name")
    walker.open(take_back_page(node)).press("Take it back")
    assert Node.objects.get(pk=node.pk).is_withdrawn


@pytest.mark.parametrize("kind", FORMS)
def test_a_convenor_makes_it_on_a_page(cast: Cast, kind: str) -> None:
    name, button, typed = FORMS[kind]
    address, walker = reverse(name, args=[cast.pell.slug, cast.pell.room]), Walker()
    walker.client.force_login(cast.cora)
    walker.open(reverse("cohort:cohort", args=[cast.pell.slug]))
    assert address in walker.html
    assert walker.open(address).press(button, title="One for all of us", **typed).status == 200
    node = Node.objects.get(title="One for all of us")
    assert (node.kind, node.team, node.programme) == (kind, None, cast.pell)
    assert {status(who, address) for who in (cast.mo, cast.lena, cast.kit)} <= {403, 404}


def test_the_passage_of_a_teams_source_stays_with_its_team(cast: Cast) -> None:
    source = add_source(by=cast.mo, of=cast.summer, title="Fares", type="paper", text="A return costs 9.60.").node
    assert take_excerpt(by=cast.mo, of=source, start=0, end=8, team=cast.company).node.team == cast.summer


@pytest.mark.parametrize("kind", [kind for kind in OF_PROGRAMME if NOUNS[kind].is_knot])
def test_it_is_drawn_in_the_weave_and_found(cast: Cast, kind: str) -> None:
    node, walker = made(cast, kind), Walker()
    assert node.code in walker.open(cast.pell.get_absolute_url()).html
    assert node.code in walker.open(f"{reverse('search:search', args=['pell'])}?words={word(kind)}&kind=").html


def test_a_passage_names_the_team_that_it_is_about(cast: Cast) -> None:
    source, walker = made(cast, "source"), Walker()
    walker.client.force_login(cast.cora)
    address = reverse("sources:source-excerpt", args=[cast.pell.slug, source.code])
    walker.open(address).press("Take it", passage="9.60 pounds", team=cast.summer.name)
    assert walker.reads(cast.summer.name)
    assert Node.objects.get(kind="excerpt").team == cast.summer
    other = add_source(by=cast.mo, of=cast.summer, title="Fares", type="paper", text="A return costs 9.60.").node
    own = walker.open(reverse("sources:source-excerpt", args=[cast.pell.slug, other.code]))
    assert not own.reads("Which team is it about?")
