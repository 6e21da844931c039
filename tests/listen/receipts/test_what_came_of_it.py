"""What a receipt says of what somebody said: where it stands, what changed, who answered, and what came later."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.listen.receipts.test_receipts import opened, told
from tests.moments import moment
from tests.reading import read
from weft.act.manifestos.actions import make_ask
from weft.act.projects.actions import begin_project
from weft.listen.conversations.actions import add_statement, moderate
from weft.listen.conversations.models import Participant, Vote
from weft.listen.receipts import queries
from weft.listen.stories import actions as stories
from weft.listen.stories.models import Story
from weft.listen.themes.actions import make_theme
from weft.people.programmes.actions import call_oneself
from weft.provenance.actions import link, record
from weft.provenance.models import Node
from weft.sense.findings.actions import make_finding
from weft.sense.sources.actions import take_excerpt
from weft.share.responses.actions import respond
from weft.share.responses.models import Mark, Response

SAID = (
    "The pool is free but the bus is not. I take them on the first day, and then we stay home. They ask every morning."
)
QUOTED = "The pool is free but the bus is not."


@pytest.fixture
def phone(client: Client, talk: Talk, cast: Cast) -> Client:
    """The open receipt of somebody whose story was released."""
    words = told(client, talk, text=SAID)
    stories.release(by=cast.lena, row=Story.objects.select_related("node").get())
    return opened(talk, words)


def story() -> Node:
    return Node.objects.get(kind="story")


def finding(cast: Cast, *sources: Node, title: str = "The fare keeps families away") -> Node:
    return make_finding(by=cast.lena, of=cast.summer, title=title, evidence=[(one, "supports") for one in sources]).node


def answered(cast: Cast, *sources: Node, title: str = "Run the bus free", reasons: str = "Yes. We will.") -> Response:
    """An answer to what was asked on these grounds."""
    asked = make_ask(
        by=cast.mo,
        of=cast.summer,
        title=title,
        text="All summer.",
        to_role="Head of transport",
        asked_on=date(2026, 3, 1),
        sources=sources,
    )
    facts = {"answer": "partly", "reasons": reasons, "by_role": "Head of transport", "on": date(2026, 3, 2)}
    return respond(by=cast.mo, to=asked.node, **facts)


def receipt(phone: Client) -> str:
    return read(phone.get("/r/yours/"))


def test_it_is_read_gathered_or_not_used(client: Client, talk: Talk, cast: Cast) -> None:
    phone = opened(talk, told(client, talk))
    assert "Not read yet" in receipt(phone)
    row = Story.objects.select_related("node").get()
    stories.mark_read(by=cast.lena, row=row)
    page = receipt(phone)
    assert "by a reader in the team" in page
    assert "Nothing of this story has been used so far. It was read on" in page
    theme = make_theme(by=cast.lena, of=cast.summer, title="Getting there costs more", sources=[row.node])
    page = receipt(phone)
    assert "<strong>Gathered</strong> in <a" in page
    assert theme.node.get_absolute_url() in page
    assert "Nothing of this story" not in page
    stories.set_aside(by=cast.lena, row=row, because="few people in this conversation come by car.")
    assert "Not used, because</strong> few people" in receipt(phone)


def test_a_quotation_stands_before_a_theme_and_is_stitched(phone: Client, cast: Cast) -> None:
    make_theme(by=cast.lena, of=cast.summer, title="Getting there", sources=[story()])
    passage = take_excerpt(by=cast.lena, of=story(), start=0, end=len(QUOTED))
    assert f'Quoted</strong> in <a class="weft-link" href="{passage.node.get_absolute_url()}"' in receipt(phone)
    found = finding(cast, passage.node)
    page = receipt(phone)
    assert f'Quoted</strong> in <a class="weft-link" href="{found.get_absolute_url()}"' in page
    assert "</a>, and in one more place." in page
    assert f'<span class="weft-quoted">{QUOTED}</span>' in page.replace('" >', '">')
    assert passage.node.get_absolute_url() not in page


def test_what_changed_is_what_a_person_linked_with_their_name_and_sentence(phone: Client, cast: Cast) -> None:
    found = finding(cast, story())
    far = begin_project(by=cast.mo, of=cast.summer, title="Lunch at the pool", purpose="Food.")
    near = begin_project(by=cast.mo, of=cast.summer, title="Towel rides", purpose="Buses.")
    assert "What changed" not in receipt(phone)
    link(by=cast.mo, source=found, target=far.node, relation="addresses")
    page = receipt(phone)
    assert "Lunch at the pool</a>, since" in page
    assert "A member from The Tide Room linked it to this finding." in page
    assert "Mo linked" not in page
    call_oneself(by=cast.lena, name="Lena", name_in_public="yes")
    link(by=cast.lena, source=story(), target=near.node, relation="informs", note="It began with this story")
    page = receipt(phone)
    assert "Towel rides</a>, since" in page
    assert "Lena: “<bdi>It began with this story</bdi>”" in page
    assert "Lunch at the pool" in page.partition("What came later, of what many people said")[2]


def test_nobody_is_named_by_their_address(phone: Client, cast: Cast) -> None:
    made = begin_project(by=cast.mo, of=cast.summer, title="Towel rides", purpose="Buses.")
    link(by=cast.mo, source=story(), target=made.node, relation="informs")
    call_oneself(by=cast.mo, name="", name_in_public="yes")
    page = receipt(phone)
    assert "A member from The Tide Room linked it to your words." in page
    assert cast.mo.email not in page


def test_who_answered_and_whether_that_answered(phone: Client, cast: Cast) -> None:
    reasons = "Yes. They come back next summer, and not in winter. We have no money for more."
    first = answered(cast, finding(cast, story()), reasons=reasons)
    page = receipt(phone)
    assert "Head of transport</bdi>, <bdi>on “Run the bus free”: partly</bdi>" in page
    assert "“<bdi >They come back next summer, and not in winter.</bdi>”" in page
    assert "no money for more" not in page
    assert "Did that answer you?" in page
    address = f"/r/answers/{first.node.code}/"
    assert phone.post(address, {"answer": "partly", "on_receipt": "yes"})["Location"] == "/r/yours/"
    page = receipt(phone)
    assert "You said of the answer: it answered in part." in page
    assert "Did that answer you?" not in page
    assert phone.post(address, {"answer": "no"})["Location"] == "/r/answers/"
    phone.post("/r/yours/answers/withdraw/")
    assert "You said of the answer" not in receipt(phone)


def test_a_second_story_tells_nothing_twice(client: Client, talk: Talk, cast: Cast) -> None:
    words = told(client, talk, text=SAID)
    for text in ("It rains.", "The bus was late.", "The bus never came."):
        talk.tell(client, text)
    nodes = list(Node.objects.filter(kind="story"))
    found = finding(cast, *nodes)
    answered(cast, found)
    page = receipt(opened(talk, words))
    assert page.count(found.get_absolute_url()) == page.count("Did that answer you?") == 1
    assert page.count("It also stands behind 2 things above.") == 3
    assert "2 more stories of yours" in page
    assert page.index("The bus never came.") < page.index("The bus was late.") < page.index("2 more stories")


def test_what_was_answered_comes_before_what_is_newer(client: Client, talk: Talk, cast: Cast) -> None:
    words = told(client, talk, text="Answered.")
    talk.tell(client, "Newer.")
    answered(cast, Node.objects.filter(kind="story").earliest("made_at"))
    found = queries.account(Participant.objects.get())
    assert [one.text for one in found.stories] == ["Answered.", "Newer."]
    assert receipt(opened(talk, words)).count("weft-truth__when") == 2


def test_what_lies_further_off_is_counted_by_stage_and_is_no_ones_doing(phone: Client, cast: Cast) -> None:
    node, made = finding(cast, story()), {"by": cast.lena, "programme": cast.pell, "team": cast.summer}
    problem = record(kind="problem", title="The problem", sources=[node], **made)
    for number in range(3):
        record(kind="project", title=f"Project {number}", sources=[problem], **made)
    record(kind="activity", title="An afternoon", sources=[problem], **made)
    record(kind="insight", title="What we learned", sources=[problem], **made)
    record(kind="edition", title="The report", sources=[problem], **made)
    page = receipt(phone)
    assert "Led to" not in page
    assert "What changed" not in page, "two steps at most"
    folded = page.partition("What came later, of what many people said")[2]
    lines = [one.split("</li>")[0] for one in folded.split('<li class="is-fork">')[1:]]
    assert len(lines) == 4
    assert "The problem" in lines[0]
    assert "Project 0" in lines[1]
    assert "and 2 more projects and 1 activity" in lines[1]
    assert "What we learned" in lines[2]
    assert "The report" in lines[3]
    assert "We cannot say that what you said was the reason." in folded


def test_what_only_the_team_sees_is_counted_and_not_named(phone: Client, cast: Cast) -> None:
    theme = make_theme(by=cast.lena, of=cast.summer, title="Still a draft", sources=[story()], visibility="team")
    project = begin_project(by=cast.mo, of=cast.summer, title="Towel rides", purpose="Buses.")
    link(by=cast.mo, source=theme.node, target=project.node, relation="addresses")
    page = receipt(phone)
    assert "Still a draft" not in page
    assert "and 1 thing that only the team sees so far" in page
    assert "Towel rides</a>, since" in page


def test_nothing_leads_into_a_programme_that_only_its_members_may_read(phone: Client, cast: Cast) -> None:
    cast.pell.is_public = False
    cast.pell.save(update_fields=["is_public"])
    theme = make_theme(by=cast.lena, of=cast.summer, title="Getting there costs more", sources=[story()])
    page = receipt(phone)
    assert "Getting there costs more" in page
    assert theme.node.get_absolute_url() not in page
    assert phone.get(theme.node.get_absolute_url()).status_code == 404


def test_all_words_the_days_and_what_was_allowed_are_folded(client: Client, talk: Talk) -> None:
    page = receipt(opened(talk, told(client, talk, text="Four fares are our food for a day. " * 9)))
    shown, _, folded = page.partition("All about this story")
    assert "Four fares are our food for a day. Four fares" in shown
    assert shown.count("Four fares") == 3
    assert folded.count("Four fares") == 9
    assert "You allowed: Use it to find what people share; Quote my words, with no name." in folded


class TestCards:
    def test_a_voter_sees_how_everyone_answered_and_where_it_is_counted(
        self, client: Client, talk: Talk, cast: Cast
    ) -> None:
        phone = voter(client, talk)
        used, unused = talk.cards[0], talk.cards[1]
        others_answer(talk, agree=12, disagree=10)
        found = finding(cast, used.node)
        page = receipt(phone)
        assert "What happened to your answers" in page
        assert "You answered three cards on" in page
        assert "One is counted in what was found. Two are not used so far." in page
        assert f'Counted</strong> in <a class="weft-link" href="{found.get_absolute_url()}"' in page
        first = page.partition(f">{used.text}<")[2].partition("</li>")[0]
        assert "You agreed. Of 25 people" not in first
        assert "You agreed. Of 23 people, 13 agreed and 10 did not." in first
        assert '<svg class="weft-answers"' in first
        assert "Not used so far. It is still on file." in page.partition(f">{unused.text}<")[2].partition("</li>")[0]

    def test_few_answers_are_not_told(self, client: Client, talk: Talk) -> None:
        phone = voter(client, talk)
        page = receipt(phone)
        assert "You agreed. Too few people have answered, so the numbers are not shown." in page
        assert 'class="weft-answers"' not in page
        assert "They are not used so far." in page

    def test_an_answer_more_shows_nothing_of_who_gave_it(self, client: Client, talk: Talk) -> None:
        phone = voter(client, talk)
        others_answer(talk, agree=12, disagree=10)
        before = receipt(phone)
        others_answer(talk, agree=3, disagree=0)
        assert receipt(phone) == before

    def test_a_card_that_is_shown_no_more_is_counted_alone(self, client: Client, talk: Talk, cast: Cast) -> None:
        phone = voter(client, talk)
        moderate(by=cast.lena, row=talk.cards[0], moderation=-1, because="It names somebody.")
        page = receipt(phone)
        assert talk.cards[0].text not in page
        assert "It names somebody" not in page
        assert "1 card that you answered is not shown any more." in page

    def test_ones_own_card_says_what_became_of_it(self, client: Client, talk: Talk, cast: Cast) -> None:
        client.post(f"{talk.page}add/", {"text": "Bring back the lido.", **talk.hidden(client, "add/")})
        words = told(client, talk)
        phone = opened(talk, words)
        page = receipt(phone)
        assert "You wrote one card" in page
        assert "It waits to be read." in page
        card = Participant.objects.get().statements.get()
        moderate(by=cast.lena, row=card, moderation=1)
        theme = make_theme(by=cast.lena, of=cast.summer, title="The lido", sources=[card.node])
        assert f'Counted in <a class="weft-link" href="{theme.node.get_absolute_url()}"' in receipt(phone)
        phone.post(f"/r/yours/{card.node.code}/withdraw/")
        assert "You took this card back on" in receipt(phone)

    def test_a_story_is_not_used_but_an_answer_is(self, client: Client, talk: Talk, cast: Cast) -> None:
        talk.vote(client)
        phone = opened(talk, told(client, talk))
        stories.mark_read(by=cast.lena, row=Story.objects.select_related("node").get())
        page = receipt(phone)
        assert "Nothing of this story has been used so far." in page
        assert "But " not in page
        card = Vote.objects.get().statement
        answered(cast, finding(cast, card.node))
        page = receipt(phone)
        assert "Nothing of this story has been used so far." in page
        assert "But one of the cards that you wrote or answered is counted: see below." in page
        assert "Counted</strong> in <a" in page
        assert "Did that answer you?" in page

    def test_an_answer_is_never_folded_away(self, client: Client, talk: Talk, cast: Cast) -> None:
        talk.vote(client)
        phone = opened(talk, told(client, talk))
        make_theme(by=cast.lena, of=cast.summer, title="Getting there", sources=[story()])
        page = receipt(phone)
        assert page.count("weft-truth__when") == 1
        answered(cast, finding(cast, Vote.objects.get().statement.node))
        page = receipt(phone)
        assert page.count("weft-truth__when") == 2
        assert page.index("Gathered</strong>") < page.index("Who answered") < page.index("What came later")

    def test_whoever_came_after_an_answer_does_not_say_whether_it_answered(
        self, client: Client, talk: Talk, cast: Cast
    ) -> None:
        before = voter(client, talk)
        response = answered(cast, finding(cast, talk.cards[0].node))
        after = voter(Client(), talk)
        assert "Did that answer you?" in receipt(before)
        assert "Who answered" not in receipt(after)
        address = f"/r/answers/{response.node.code}/"
        assert before.post(address, {"answer": "yes"}).status_code == 302
        assert after.post(address, {"answer": "yes"}).status_code == 404
        assert Mark.objects.count() == 1


def voter(client: Client, talk: Talk) -> Client:
    """The open receipt of somebody who agreed with all three cards, and said nothing else."""
    for _ in talk.cards:
        talk.vote(client)
    client.post(f"{talk.page}words/")
    page = client.get(f"{talk.page}sent/")
    words = read(page).partition('<p class="weft-words">')[2].partition("</p>")[0]
    return opened(talk, [one.split("<")[0] for one in words.split("<span>")[1:]])


def others_answer(talk: Talk, *, agree: int, disagree: int) -> None:
    """Others who answer the first card."""
    people = [talk.person() for _ in range(agree + disagree)]
    rows = [
        Vote(participant=one, statement=talk.cards[0], choice=1 if n < agree else -1, cast_at=timezone.now())
        for n, one in enumerate(people)
    ]
    Vote.objects.bulk_create(rows)
    moment(talk.conversation)


def test_however_much_was_said_it_needs_few_queries(
    client: Client, talk: Talk, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cards = [add_statement(by=cast.lena, conversation=talk.conversation, text=f"Card {n}") for n in range(20)]
    words = told(client, talk)
    for number in range(8):
        talk.vote(client)
        talk.tell(client, f"Story number {number}, told by the same person.")
    nodes = list(Node.objects.filter(kind="story"))
    for n, node in enumerate(nodes):
        found = finding(cast, node, *(card.node for card in cards), title=f"Finding {n}")
        project = begin_project(by=cast.mo, of=cast.summer, title=f"Project {n}", purpose="Buses.")
        link(by=cast.mo, source=found, target=project.node, relation="addresses")
        answered(cast, found, title=f"Ask {n}")
    phone = opened(talk, words)
    receipt(phone)
    with django_assert_max_num_queries(12):
        page = phone.get("/r/yours/").text
    assert page.count("Your story,") == page.count("Who answered") == page.count("What changed") == 9
