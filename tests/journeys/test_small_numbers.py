"""A stranger with a spreadsheet: what can be read off the public pages about a few people, or about one."""

import html
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import combinations

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, cast
from tests.journeys.crawl import pages
from tests.moments import moment
from tests.share.world import draft
from tests.voting import cast_vote
from weft.act.manifestos.actions import make_ask
from weft.act.projects.actions import begin_project, enter_day
from weft.core import dates
from weft.learn.insights.actions import make_insight
from weft.listen.conversations.actions import add_participant, add_statement, figures, make_conversation
from weft.listen.conversations.models import Conversation, Participant, Statement
from weft.listen.stories.actions import release, set_aside, tell, withdraw_story
from weft.listen.themes.actions import make_theme
from weft.people.programmes.models import Team
from weft.provenance.models import Link, Node
from weft.sense.findings.actions import make_finding
from weft.sense.maps.actions import draw_map
from weft.share.reports.actions import publish
from weft.share.responses.actions import mark, respond
from weft.share.responses.models import Response

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.sqlite]

WHO = (
    r"(?:other |different |more )?(?:people|persons?|voices?|visits|tellers?|participants|took part|are carried|agreed)"
)
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
FEW = re.compile(rf"(?<!fewer than )(?<![\d,.])\b(?:0?[1-9]|{'|'.join(WORDS)})\b(?: of [\d,]+)? {WHO}\b", re.IGNORECASE)
CELL = re.compile(r'data-label="(?:Came|Took part|Carried|Agree|Disagree|Pass|People)">\s*(\d+)\b')


def seen(page: str) -> str:
    """What a page says, its pictures' text alternatives included."""
    labels = re.findall(r'(?:aria-label|alt|title|content)="([^"]*)"', page)
    return html.unescape(" ".join([re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page)), *labels]))


def few_on(page: str) -> list[str]:
    """Every number of people on a page that is too small to be told."""
    found = [match[0] for match in FEW.finditer(re.sub(r"\s+", " ", seen(page)))]
    return found + [f"cell {number}" for number in CELL.findall(page) if 0 < int(number) < 10]


@pytest.mark.parametrize(
    "page",
    [
        "<p>3 people said so</p>",
        "<p><b>7</b> of 40 people agreed</p>",
        '<svg role="img" aria-label="4 voices"></svg>',
        "<desc>Nine people</desc>",
        '<td data-label="Came">5</td>',
        "<title>1 person</title>",
    ],
)
def test_a_number_that_is_too_small_is_found_wherever_it_stands(page: str) -> None:
    assert few_on(page)


@pytest.mark.parametrize("page", ["<p>fewer than 10 people</p>", "<p>23 people</p>", "<p>1,203 people</p>", "5 cards"])
def test_a_number_that_may_be_told_is_not(page: str) -> None:
    assert not few_on(page)


@dataclass
class Town:
    """A programme with one team of very few people and one of just enough."""

    cast: Cast
    talk: Conversation
    people: list[Participant]
    card: Statement
    response: Response


def lives(team: Team, code: str, tellers: int, voters: int, bystanders: int) -> tuple[Conversation, list[Participant]]:
    """A conversation in which some tell stories, and all that came of it."""
    talk = make_conversation(by=None, of=team, prompt=f"How do you get home from {team}?", code=code)
    people = [
        add_participant(by=None, conversation=talk, secret=f"{code}{n}")
        for n in range(max(tellers, voters) + bystanders)
    ]
    told = []
    for number, one in enumerate(people[:tellers]):
        scopes = ["analyse", "quote"] if number % 2 == 0 else ["analyse"]
        story = tell(by=one, participant=one, text=f"Story {number} of the long dark road by {code}.", scopes=scopes)
        told.append(release(by=None, row=story) if "quote" in scopes else story)
    cards = [
        add_statement(by=None, conversation=talk, text=f"Card {n} of {code} says something plain.") for n in range(8)
    ]
    for one in people[:voters]:
        for card in cards:
            cast_vote(by=one, on=card, choice=1)
    for one in people[max(tellers, voters) :]:
        cast_vote(by=one, on=cards[-1], choice=-1)
    theme = make_theme(by=None, of=team, title=f"Dark roads of {code}", sources=[story.node for story in told[1:]])
    evidence = [(theme.node, "supports"), (told[0].node, "supports"), (cards[0].node, "supports")]
    finding = make_finding(by=None, of=team, title=f"The road of {code} is dark", evidence=evidence)
    draw_map(by=None, conversation=talk)
    project = begin_project(by=None, of=team, title=f"Lamps for {code}", addresses=[finding.node])
    for came in (4, 12):
        enter_day(by=None, project=project, on=dates.today(), attendance=came)
    make_insight(by=None, of=team.programme, title=f"Light decides in {code}", cases=[finding.node])
    return talk, people


def lived_in() -> Town:
    """Both teams, with what came of their conversations, and an edition that cites it."""
    everybody = cast()
    lives(everybody.company, "few123", tellers=4, voters=4, bystanders=0)
    talk, people = lives(everybody.summer, "tide123", tellers=12, voters=12, bystanders=15)
    finding = Node.objects.get(kind="finding", team=everybody.summer)
    ask = make_ask(
        by=None, of=everybody.summer, title="Light the road", text="All of it.", to_role="engineer", sources=[finding]
    )
    response = respond(by=None, to=ask.node, answer="partly", reasons="Half of it.", by_role="engineer")
    set_aside(by=None, row=people[3].stories.get(), because="It is about another road.")
    cites = " ".join(f"It is dark [[{node.code}]]." for node in Node.objects.filter(kind__in=["finding", "insight"]))
    made = draft(type("Made", (), {"cast": everybody}), cites)
    publish(by=everybody.cora, report=made)
    return Town(everybody, talk, people, talk.statements.first(), response)


def stranger() -> dict[str, str]:
    """Every public page of the programme as a stranger is shown it now."""
    cache.clear()
    return pages(None, ("/", "/pell/", "/pell/search/?words=road&kind="))


def shown(at: str) -> str:
    """One page as a stranger is shown it now."""
    cache.clear()
    return Client().get(at).text


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town, built once for the tests of this file; what one of them does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield lived_in()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def public(built: Town) -> dict[str, str]:
    """Every public page, before a test does anything."""
    return stranger()


@pytest.fixture
def town(built: Town, db: None) -> Town:
    """The town for one test to change."""
    return deepcopy(built)


def test_no_public_page_tells_a_small_number_of_people(town: Town, public: dict[str, str]) -> None:
    assert {"/pell/company/", "/pell/report/", town.response.node.get_absolute_url()} <= set(public)
    assert {at: few_on(page) for at, page in public.items() if few_on(page)} == {}


def plain(found: dict[str, str]) -> dict[str, str]:
    """Pages without what is made anew for each request; the cards that follow one another are drawn by chance."""
    made = re.compile(r'<input type="hidden" name="(?:csrfmiddlewaretoken|key|start)"[^>]*>')
    return {at: made.sub("", page) for at, page in found.items() if not at.startswith("/c/")}


def test_the_public_pages_are_the_same_whichever_way_the_next_person_answers(town: Town) -> None:
    newcomer = add_participant(by=None, conversation=town.talk, secret="the next one")
    said = []
    for choice in (1, -1):
        for card in town.talk.statements.all():
            cast_vote(by=newcomer, on=card, choice=choice)
        said.append(plain(stranger()))
    assert said[0] == said[1]


def test_the_public_pages_are_the_same_whichever_way_an_answer_is_marked(town: Town) -> None:
    said = []
    for answer in ("yes", "no"):
        mark(by=town.people[0], row=town.response, answer=answer)
        said.append(plain(stranger()))
    assert said[0] == said[1]


def number(text: str) -> int:
    return int(text.replace(",", ""))


def exact(page: str) -> int | None:
    """How many people's words a page says are behind its item, where it says it exactly."""
    aside = seen(page.partition('aria-label="The thread of')[2])
    found = re.search(r"The words of ([\d,]+) people", re.sub(r"\s+", " ", aside))
    return number(found[1]) if found else None


def few_between(found: dict[str, str]) -> list[str]:
    """Items on one thread whose numbers of people, told on two pages, differ by a few."""
    told = {}
    for node in Node.objects.filter(withdrawn_at=None):
        at = node.get_absolute_url()
        if at in found and exact(found[at]) is not None:
            told[node.pk] = exact(found[at])
    links = Link.objects.filter(withdrawn_at=None).values_list("source", "target")
    below: dict[object, set[object]] = {}
    for source, target in links:
        below.setdefault(source, set()).add(target)
    faults = []
    for start in told:
        reached, todo = set(), [start]
        while todo:
            for one in below.get(todo.pop(), ()):
                if one not in reached:
                    reached.add(one)
                    todo.append(one)
        faults += [
            f"{told[one]} and {told[start]}" for one in reached & told.keys() if 0 < told[one] - told[start] < 10
        ]
    return faults


def test_nobody_finds_a_few_people_by_subtracting_what_two_pages_tell(town: Town, public: dict[str, str]) -> None:
    theme = Node.objects.get(kind="theme", team=town.cast.summer)
    finding = Node.objects.get(kind="finding", team=town.cast.summer)
    assert exact(public[theme.get_absolute_url()]) == 11
    assert exact(public[finding.get_absolute_url()]) is None
    assert "more than 11 people" in seen(public[finding.get_absolute_url()])
    assert few_between(public) == []


def voices(page: str) -> list[tuple[str, str]]:
    """The numbers of voices that the weave tells: in its heading, and beside each team."""
    return re.findall(r">(more than |fewer than )?([\d,]+) voices<", page)


def test_nobody_finds_the_voices_of_a_small_team_by_subtracting_those_of_the_others(town: Town) -> None:
    told = voices(shown("/pell/"))
    assert ("fewer than ", "10") in told
    numbers = [number(n) for how, n in told if not how]
    assert not [pair for pair in combinations(numbers, 2) if 0 < abs(pair[0] - pair[1]) < 10]


def test_a_second_edition_does_not_tell_who_was_added(town: Town) -> None:
    before = seen(shown("/pell/report/"))
    report = town.cast.pell.report
    story = town.people[0].stories.get()
    section = report.sections.get()
    section.text += f" One said so [[{story.node.code}]]."
    section.save()
    extra = add_participant(by=None, conversation=town.talk, secret="extra")
    new = tell(by=extra, participant=extra, text="A lamp fell over by the sea wall.", scopes=["quote"])
    release(by=town.cast.mo, row=new)
    section.text += f" And another [[{new.node.code}]]."
    section.save()
    publish(by=town.cast.cora, report=report)
    after = seen(shown("/pell/report/"))
    carried = re.compile(r"([\d,]+) of ([\d,]+) people are carried")
    assert carried.findall(before) == carried.findall(after) == [("12", "27")]
    assert "So few people make the difference" in after


def test_one_who_takes_a_story_back_is_not_found_in_the_numbers_of_a_map(town: Town) -> None:
    at = Node.objects.get(kind="map", team=town.cast.summer).get_absolute_url()
    before = seen(shown(at))
    withdraw_story(by=None, row=town.people[5].stories.get())
    assert seen(shown(at)) == before


@pytest.mark.parametrize(
    ("told", "answers"),
    [
        ("Of 71 people, 40 agreed and 31 did not.", [(40, 31, 0), (40, 22, 9), (40, 4, 27)]),
        ("Of 35 people, 20 disagreed and 15 did not.", [(9, 20, 6), (0, 20, 15)]),
        ("28 people answered. The other numbers are too small to show.", [(28, 0, 0), (9, 9, 10), (5, 19, 4)]),
    ],
)
def test_cards_that_differ_in_what_is_told_together_are_shown_alike(
    town: Town, told: str, answers: list[tuple[int, int, int]]
) -> None:
    talk = make_conversation(by=None, of=town.cast.summer, prompt="Who walks with you?", code="walk123")
    people = [add_participant(by=None, conversation=talk, secret=str(n)) for n in range(71)]
    figures = set()
    for number, (agree, disagree, passed) in enumerate(answers):
        card = add_statement(by=None, conversation=talk, text=f"Card {number} says something plain.")
        for one, choice in zip(people, [1] * agree + [-1] * disagree + [0] * passed, strict=False):
            cast_vote(by=one, on=card, choice=choice)
        moment(talk)
        page = Client().get(card.node.get_absolute_url()).text
        figures.add(page.partition('<figure class="weft-figure">')[2].partition("</figure>")[0])
    (figure,) = figures
    assert told in seen(figure)


@pytest.mark.parametrize("late", [1, 9])
def test_a_map_tells_no_numbers_a_few_answers_away_from_those_of_a_card(town: Town, late: int) -> None:
    talk = make_conversation(by=None, of=town.cast.summer, prompt="Who walks with you?", code="walk123")
    cards = [add_statement(by=None, conversation=talk, text=f"Card {n} says something plain.") for n in range(8)]
    people = [add_participant(by=None, conversation=talk, secret=str(n)) for n in range(36 + late)]
    for one in people[:36]:
        for card in cards:
            cast_vote(by=one, on=card, choice=one.number % 3 - 1)
    figures.show_now(by=None, conversation=talk)
    at, told = cards[0].node.get_absolute_url(), "Of 36 people, 12 agreed, 12 disagreed and 12 passed."
    assert told in seen(Client().get(at).text)
    for one in people[36:]:
        for card in cards[:2]:
            cast_vote(by=one, on=card, choice=-1)
    rows = {row["id"]: row["everybody"] for row in draw_map(by=None, conversation=talk).result["statements"]}
    assert rows[str(cards[0].pk)] == [None] * 4
    assert rows[str(cards[1].pk)] == [12, 12 + late, 12, 36 + late], "nobody has been shown it before"
    assert told in seen(Client().get(at).text)
