"""Answers of decision-makers, promises, marks, and the page of asks."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.utils import timezone

from tests.cast import Cast
from tests.share.world import World, world
from tests.voting import cast_vote
from weft.act.manifestos.actions import make_ask, note_event
from weft.act.manifestos.models import Ask
from weft.core import dates
from weft.core.errors import Changed, NotAllowed, Refused
from weft.learn.insights.actions import recommend
from weft.listen import device
from weft.listen.conversations.actions import add_participant
from weft.listen.receipts.actions import withdraw_participant
from weft.people.audit.models import Entry
from weft.provenance.items import Origin
from weft.provenance.models import Link, Node
from weft.provenance.queries import search
from weft.share.responses import actions, queries
from weft.share.responses.models import Mark, Promise, Response


def ago(days: int) -> date:
    return dates.today() - timedelta(days=days)


@pytest.fixture
def made(cast: Cast) -> World:
    return world(cast)


def ask(made: World, title: str = "Run the last bus at ten", days: int = 41, **more) -> Ask:
    return make_ask(
        by=made.cast.mo,
        of=made.cast.summer,
        title=title,
        text="The hall is open until nine.",
        to_role="transport lead",
        asked_on=ago(days),
        sources=[made.findings[0]],
        **more,
    )


def answer(to: Node, said: str = "partly", days: int = 1, **more) -> Response:
    return actions.respond(
        by=None, to=to, answer=said, reasons="In summer only.", by_role="transport lead", on=ago(days), **more
    )


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def open_receipt(client, participant) -> None:
    client.cookies[device.RECEIPT] = signing.dumps(participant.pk.hex, salt=device.RECEIPT_SALT)


def receipt_of(participant) -> None:
    from django.utils import timezone

    from weft.listen.receipts.models import Receipt

    Receipt.objects.create(participant=participant, words_hash=participant.pk.bytes, made_at=timezone.now())


def test_an_answer_settles_its_ask(made: World):
    to = ask(made)
    response = answer(to.node, origin=Origin(code="W-22222"), promises=[Promise(what="A first date", by_on=ago(-30))])
    to.refresh_from_db()
    assert (to.state, to.state_on) == ("partly", ago(1))
    link = Link.objects.get(target=response.node)
    assert (link.source, link.relation) == (to.node, "answers")
    assert (response.node.code, response.node.team) == ("W-22222", made.cast.summer)
    assert Promise.objects.get().what == "A first date"
    assert Entry.objects.filter(did="entered answer", on="W-22222").exists()


def test_an_answer_settles_a_recommendation_too(made: World):
    to = recommend(
        by=made.cast.cora,
        of=made.cast.pell,
        title="Late buses",
        text="x",
        to_role="minister",
        sources=[made.insight.node],
    )
    answer(to.node, "no")
    to.refresh_from_db()
    assert to.state == "no"


def test_the_latest_answer_counts_and_taking_it_back_restores_the_one_before(made: World):
    to = ask(made)
    first, second = answer(to.node, "no", days=20), answer(to.node, "yes", days=5)
    answer(to.node, "partly", days=30)
    assert Ask.objects.get().state == "yes"
    actions.withdraw_response(by=made.cast.mo, row=second)
    assert (Ask.objects.get().state, Ask.objects.get().state_on) == ("no", first.on)
    for one in Response.objects.filter(node__withdrawn_at=None):
        actions.withdraw_response(by=made.cast.mo, row=one)
    assert (Ask.objects.get().state, Ask.objects.get().state_on) == ("asked", ago(41))
    assert set(Response.objects.values_list("reasons", flat=True)) == {""}


def test_an_acknowledged_ask_is_acknowledged_again(made: World):
    to = ask(made)
    note_event(by=made.cast.mo, row=to, kind="acknowledged", on=ago(30))
    actions.withdraw_response(by=made.cast.mo, row=answer(to.node))
    assert (Ask.objects.get().state, Ask.objects.get().state_on) == ("acknowledged", ago(30))


def test_what_cannot_be_answered_or_is_no_answer_is_refused(made: World):
    with pytest.raises(Refused, match="Only an ask"):
        answer(made.findings[0])
    with pytest.raises(Refused, match="yes, partly or no"):
        answer(ask(made).node, "perhaps")
    with pytest.raises(Refused, match="in full"):
        actions.respond(by=None, to=ask(made).node, answer="no", reasons=" ", by_role="x")


def test_the_same_answer_sent_twice_is_one(made: World):
    to, key = ask(made).node, Response().key
    assert answer(to, origin=Origin(key=key)) == answer(to, origin=Origin(key=key))


def test_nobody_has_answered_tomorrow(client, made: World):
    with pytest.raises(Refused, match="not come yet"):
        answer(ask(made).node, days=-1)
    given = answer(ask(made).node)
    client.force_login(made.cast.mo)
    facts = {"answer": "yes", "reasons": "All year.", "by_role": "lead", "on": "tomorrow", "revision": 1}
    page = client.post(f"/pell/{given.node.code}/edit/", facts)
    assert page.context["form"].errors == {"on": ["That day has not come yet. Put the day on which they answered."]}


def test_an_answer_is_put_right_once_by_each(made: World):
    response = answer(ask(made).node)
    facts = {"reasons": "All year.", "by_role": "lead", "on": ago(1), "organisation": None}
    actions.correct_response(by=made.cast.mo, row=response, answer="yes", revision=1, **facts)
    assert Ask.objects.get().state == "yes"
    assert Node.objects.get(pk=response.pk).title == "Yes: Run the last bus at ten"
    with pytest.raises(Changed):
        actions.correct_response(by=made.cast.mo, row=response, answer="no", revision=1, **facts)


def test_promises_are_kept_or_not(made: World):
    response = answer(ask(made).node)
    promise = actions.promise(by=made.cast.mo, row=response, what="A date", by_on=ago(3))
    assert actions.promise(by=made.cast.mo, row=response, what="A date", by_on=ago(3)) == promise
    with pytest.raises(Refused, match="what came of it instead"):
        actions.update_promise(by=made.cast.mo, row=promise, is_kept=False)
    actions.update_promise(by=made.cast.mo, row=promise, is_kept=False, update="No driver.")
    promise.refresh_from_db()
    assert (promise.is_broken, promise.kept_on, promise.update) == (True, None, "No driver.")
    actions.update_promise(by=made.cast.mo, row=promise, is_kept=True, on=ago(0))
    promise.refresh_from_db()
    assert (promise.is_broken, promise.kept_on) == (False, ago(0))


def test_a_team_marks_once_and_may_change_it(made: World):
    response = answer(ask(made).node)
    for said in ("no", "yes"):
        actions.mark(by=made.cast.mo, row=response, team=made.cast.summer, answer=said, why="x")
    assert Mark.objects.get().answer == "yes"
    with pytest.raises(NotAllowed):
        actions.mark(by=made.cast.ola, row=response, team=made.cast.others, answer="yes")
    with pytest.raises(Refused):
        actions.mark(by=made.cast.mo, row=response, answer="yes")


def test_a_contributor_marks_only_what_rests_on_what_they_said_or_answered(made: World):
    other, early = (add_participant(by=None, conversation=made.talk) for _ in range(2))
    response = answer(ask(made).node)
    late = add_participant(by=None, conversation=made.talk)
    for one in (early, late):
        cast_vote(by=one, on=made.statements[0], choice=1)
    for who, what in ((made.people[0], "partly"), (made.people[1], "no"), (early, "yes")):
        actions.mark(by=who, row=response, answer=what)
    assert Mark.objects.count() == 3
    for one in (other, late):  # who did no more than come, and who came once it was answered
        with pytest.raises(NotAllowed):
            actions.mark(by=one, row=response, answer="yes")


def test_few_marks_of_contributors_are_not_numbered_and_why_stays_inside(made: World):
    response = answer(ask(made).node)
    actions.mark(by=made.people[0], row=response, answer="no", why="Only in summer.")
    actions.step(response=response)
    found = queries.homework(response)
    assert (found.contributors, found.is_held_back) == ([], True)
    assert queries.homework(response, inside=True).whys == []  # one alone would be known even there


def test_marks_of_contributors_are_shown_in_steps_and_never_one_by_one(made: World):
    response = answer(ask(made).node)

    def shown() -> list[tuple[str, str]]:
        actions.step(response=response)
        return [(share.state, share.people) for share in queries.homework(response).contributors]

    before: set[tuple[tuple[str, str], ...]] = set()
    for number in range(20):
        participant = add_participant(by=None, conversation=made.talk)
        said = "no" if number % 4 == 3 else "yes"
        Mark.objects.create(response=response, participant=participant, answer=said, made_at=timezone.now())
        before.add(tuple(shown()))
    assert before == {
        (),
        (("yes", "fewer than 10 people"), ("no", "fewer than 10 people")),
        (("yes", "15 people"), ("no", "fewer than 10 people")),
    }


def test_an_answer_can_be_found_by_its_words(made: World):
    from django.contrib.auth.models import AnonymousUser

    from weft.people.programmes.access import standing_of

    answer(ask(made).node)
    assert search(made.cast.pell, "summer only", standing_of(AnonymousUser(), made.cast.pell)).count() == 1


# pages


def test_a_member_enters_an_answer_and_a_bad_one_keeps_what_was_typed(client, made: World):
    to = ask(made).node
    client.force_login(made.cast.mo)
    address = f"/pell/{to.code}/answer/"
    bad = client.post(address, {"answer": "no", "reasons": "Too dear.", "by_role": "", "on": "today"})
    assert bad.status_code == 422
    assert "Too dear." in bad.content.decode()
    facts = {
        "answer": "no", "reasons": "Too dear.", "by_role": "transport lead", "on": "today", "promise": "To look again",
        "promise_by": "1 March 2030", "key": str(uuid4()),
    }  # fmt: skip
    sent = client.post(address, facts)
    response = Response.objects.get()
    assert sent["Location"] == f"/pell/{response.node.code}/"
    page = client.get(sent["Location"])
    for expected in ("Too dear.", "To look again", "1 March 2030", "No, with reasons"):
        assert expected in words(page)


def test_a_promise_needs_words_for_its_day(client, made: World):
    client.force_login(made.cast.mo)
    facts = {
        "answer": "no",
        "reasons": "x",
        "by_role": "x",
        "on": "today",
        "promise_by": "1 March 2030",
        "key": str(uuid4()),
    }
    response = client.post(f"/pell/{ask(made).node.code}/answer/", facts)
    assert response.status_code == 422
    assert "There is a day but no promise." in words(response)


@pytest.mark.parametrize("who", ["kit", "ola", "sam", "nobody"])
def test_others_neither_enter_nor_change_answers(client, made: World, who: str):
    to = ask(made).node
    response = answer(to)
    promise = actions.promise(by=made.cast.mo, row=response, what="x")
    client.force_login(getattr(made.cast, who))
    page = f"/pell/{response.node.code}/"
    addresses = ("edit/", "take-back/", "new-promise/", f"promises/{promise.pk}/", "mark/summer/")
    for address in (f"/pell/{to.code}/answer/", *(page + part for part in addresses)):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"answer": "yes"}).status_code == 404, address


def test_nobody_signed_in_marks_for_a_team_they_are_not_in(client, made: World):
    response = answer(ask(made).node)
    assert client.post(f"/pell/{response.node.code}/mark/summer/", {"answer": "yes"}).status_code == 404
    client.force_login(made.cast.mo)
    assert client.post(f"/pell/{response.node.code}/mark/company/", {"answer": "yes"}).status_code == 404
    assert client.post(f"/pell/{response.node.code}/mark/summer/", {"answer": "yes", "revision": 0}).status_code == 302
    assert Mark.objects.get().team == made.cast.summer
    assert "It answered" in words(client.get(f"/pell/{response.node.code}/"))


def test_members_follow_up_correct_and_take_back(client, made: World):
    response = answer(ask(made).node, promises=[Promise(what="A date", by_on=ago(3))])
    promise = response.promises.get()
    client.force_login(made.cast.mo)
    page = f"/pell/{response.node.code}/"
    assert client.post(f"{page}promises/{promise.pk}/", {"came": "broken", "on": "today"}).status_code == 422
    facts = {"came": "broken", "update": "No driver.", "on": "today", "revision": 1}
    assert client.post(f"{page}promises/{promise.pk}/", facts).status_code == 302
    assert "Not kept: A date" in words(client.get(page))
    assert client.post(f"{page}new-promise/", {"what": "Another", "by_on": ""}).status_code == 302
    edit = client.get(f"{page}edit/").content.decode()
    revision = re.search(r'name="revision" value="([^"]+)"', edit)[1]
    facts = {"answer": "yes", "reasons": "All year.", "by_role": "lead", "on": "today", "revision": revision}
    assert client.post(f"{page}edit/", facts).status_code == 302
    assert client.post(f"{page}edit/", facts).status_code == 302, "sent twice"
    assert client.post(f"{page}edit/", {**facts, "answer": "no"}).status_code == 409
    assert client.post(f"{page}take-back/").status_code == 302
    assert client.get(page).status_code == 410


def test_the_page_of_asks_puts_silence_first(client, made: World):
    silent = ask(made, "Count working families")
    note_event(by=made.cast.mo, row=silent, kind="asked_again", on=ago(10))
    ask(made, "Light the path", days=6, answer_by=ago(-10))
    answer(ask(made, "Keep towel rides").node, promises=[Promise(what="A first date", by_on=ago(-30))])
    page = client.get("/pell/asks/")
    text = words(page)
    assert "1 of 3 asks have had an answer. The longest wait with no reply is 41 days." in text
    again = dates.day(ago(10))
    assert f"No reply for 41 days. The team asked again on {again}." in text
    assert f"An answer is wanted by {dates.day(ago(-10))}." in text
    assert "In summer only." in text
    titles = re.findall(r"<h3[^>]*>\s*<a[^>]*>([^<]+)", page.content.decode())
    assert titles == ["Count working families", "Light the path", "Keep towel rides"]


def test_asks_are_filtered_by_team_and_answer(client, made: World):
    ask(made, "Count working families")
    answer(ask(made, "Keep towel rides").node)
    assert "Keep towel rides" not in words(client.get("/pell/asks/?state=silence"))
    assert "Count working families" not in words(client.get("/pell/asks/?state=partly"))
    assert "No ask is like that" in words(client.get("/pell/asks/?team=company"))
    assert client.get("/pell/asks/?team=nonesuch&state=x").status_code == 422


def test_asks_are_paged_and_cost_the_same(client, made: World, django_assert_max_num_queries):
    for number in range(30):
        one = ask(made, f"Ask {number}", days=number)
        if number % 2:
            answer(one.node, promises=[Promise(what="x", by_on=None)])
    client.force_login(made.cast.mo)
    client.get("/pell/report/")
    with django_assert_max_num_queries(12):
        page = client.get("/pell/asks/")
    assert page.content.decode().count('class="weft-ask ') == 25
    assert "Page 1 of 2" in words(page)
    with django_assert_max_num_queries(12):
        assert client.get("/pell/asks/?page=2").content.decode().count('class="weft-ask ') == 5


def test_asks_for_the_team_alone_are_not_on_the_public_page(client, made: World):
    ask(made, "Not yet public", visibility="team")
    assert "Not yet public" not in words(client.get("/pell/asks/"))
    assert "Nothing has been asked" in words(client.get("/pell/asks/"))
    client.force_login(made.cast.mo)
    assert "Not yet public" in words(client.get("/pell/asks/"))


def test_an_answer_for_the_team_alone_is_not_on_the_public_page(client, made: World):
    answer(ask(made).node, visibility="team")
    assert "In summer only." not in words(client.get("/pell/asks/"))
    client.force_login(made.cast.mo)
    assert "In summer only." in words(client.get("/pell/asks/"))


def test_a_response_page_costs_at_most_twelve_queries(client, made: World, django_assert_max_num_queries):
    response = answer(ask(made).node, promises=[Promise(what="x", by_on=None), Promise(what="y", by_on=None)])
    actions.mark(by=made.people[0], row=response, answer="no")
    client.get("/pell/asks/")
    with django_assert_max_num_queries(12):
        client.get(f"/pell/{response.node.code}/")


def test_a_contributor_marks_by_receipt(client, made: World):
    response = answer(ask(made).node)
    assert client.get("/r/answers/")["Location"] == "/r/"
    receipt_of(made.people[0])
    open_receipt(client, made.people[0])
    assert f'action="/r/answers/{response.node.code}/"' in client.get("/r/yours/").content.decode()
    page = client.get("/r/answers/")
    assert page["Cache-Control"] == "no-store"
    assert "In summer only." in words(page)
    address = f"/r/answers/{response.node.code}/"
    assert client.post(address, {"why": "x"}).status_code == 422
    assert client.post(address, {"answer": "no", "why": "Not in winter."})["Location"] == "/r/answers/"
    assert "it did not answer, “ Not in winter. ”" in words(client.get("/r/answers/"))


def test_a_contributor_takes_a_mark_back(client, made: World):
    response = answer(ask(made).node)
    receipt_of(made.people[0])
    address = f"/r/answers/{response.node.code}/back/"
    assert client.post(address)["Location"] == "/r/"
    actions.mark(by=made.people[0], row=response, answer="no", why="Not in winter.")
    open_receipt(client, made.people[1])
    client.post(address)
    assert Mark.objects.exists()  # another's receipt
    open_receipt(client, made.people[0])
    assert "Take it back" in words(client.get("/r/answers/"))
    assert client.get(address).status_code == 405
    client.post(address)
    assert not Mark.objects.exists()


def test_taking_back_everything_takes_the_marks_too(made: World):
    response = answer(ask(made).node)
    actions.mark(by=made.people[0], row=response, answer="no", why="Not in winter.")
    withdraw_participant(by=None, participant=made.people[0])
    assert not Mark.objects.exists()


def test_a_contributor_on_whose_words_nothing_rests_sees_no_answer(client, made: World):
    response = answer(ask(made).node)
    other = add_participant(by=None, conversation=made.talk)
    receipt_of(other)
    open_receipt(client, other)
    assert "Nobody has answered yet" in words(client.get("/r/answers/"))
    assert client.post(f"/r/answers/{response.node.code}/", {"answer": "no"}).status_code == 404
    assert (
        client.post(f"/r/answers/{response.node.code}/", {"answer": "no"}, HTTP_SEC_FETCH_SITE="cross-site").status_code
        == 403
    )


def test_what_waits_is_a_job(made: World, django_assert_max_num_queries):
    response = answer(
        ask(made).node, promises=[Promise(what="A date", by_on=ago(3)), Promise(what="Later", by_on=ago(-3))]
    )
    with django_assert_max_num_queries(2):
        jobs = queries.jobs(made.cast.summer)
    assert [job.detail for job in jobs] == ["Was it kept?", "Partly: Run the last bus at ten"]
    actions.mark(by=made.cast.mo, row=response, team=made.cast.summer, answer="yes")
    actions.update_promise(by=made.cast.mo, row=response.promises.get(what="A date"), is_kept=True)
    assert queries.jobs(made.cast.summer) == []
    assert queries.workspace(made.cast.summer).marked == {response.pk}


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("reasons", "line"),
    [
        ("Yes.", "Yes."),
        ("No. We have no driver who would work after six. Sorry.", "We have no driver who would work after six."),
        (
            "Agreed. We start on\n1 December and list every ask. Some will be no.",
            "Agreed. We start on 1 December and list every ask.",
        ),
        ("We would like to. But not now. There is no money.", "We would like to. But not now. There is no money."),
        ("no money " * 30, f"{'no money ' * 12}".rstrip() + "…"),
    ],
)
def test_one_line_of_an_answer_says_more_than_yes_or_no(reasons: str, line: str):
    assert queries.first_line(reasons) == line
