"""Telling stories, and what the team does with them."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.listen.conftest import Talk
from weft.core.errors import Refused
from weft.listen.conversations.models import Consent, Participant
from weft.listen.receipts.models import Receipt
from weft.listen.stories import actions, queries
from weft.listen.stories.models import Story
from weft.listen.themes.actions import make_theme
from weft.people.accounts.models import User
from weft.people.audit.models import Entry
from weft.provenance.actions import cite, record
from weft.provenance.queries import voices_behind


def as_(user: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def story_in(talk: Talk, *scopes: str, text: str = "The bus costs more than the swim.", **more: object) -> Story:
    return actions.tell(by=None, participant=talk.person(), text=text, scopes=scopes, **more)


class TestTelling:
    def test_a_story_takes_three_steps_and_keeps_each_choice(self, client: Client, talk: Talk) -> None:
        response = talk.tell(
            client,
            may="quote",
            words="",
            described_as="a parent in Ormsea",
            mattered="6",
            under_18="yes",
        )
        assert response["Location"] == f"{talk.page}sent/"
        story = Story.objects.select_related("node").get()
        assert (story.mattered, story.is_common, story.described_as) == (6, None, "a parent in Ormsea")
        assert set(story.node.consents.values_list("scope", flat=True)) == {"analyse", "quote", "describe"}
        assert story.node.consents.first().wording
        assert Participant.objects.get().is_under_18
        assert not Receipt.objects.exists()
        assert "Sent. We have your story." in client.get(f"{talk.page}sent/").text

    @pytest.mark.parametrize(
        ("may", "follows"),
        [
            ("read", "Nothing else is done with it, as you wished"),
            ("use", "Your words are shown to nobody else"),
            ("quote", "Nobody else sees them before that"),
        ],
    )
    def test_nobody_but_the_team_reads_it_at_first(
        self, client: Client, talk: Talk, cast: Cast, may: str, follows: str
    ) -> None:
        talk.tell(client, text="The tide shut us in.", may=may, described_as="a parent")
        address = Story.objects.get().node.get_absolute_url()
        for reader in (client, as_(cast.kit)):
            assert reader.get(address).status_code == 404
            assert "The tide shut us in." not in reader.get("/pell/search/?words=tide").text
        assert "The tide shut us in." in as_(cast.mo).get(address).text
        assert follows in " ".join(client.get(f"{talk.page}sent/").text.split())

    def test_a_description_is_kept_only_where_it_may_be_used(self, client: Client, talk: Talk) -> None:
        talk.tell(client, may="use", described_as="a parent in Ormsea")
        assert Story.objects.get().described_as == ""

    def test_nothing_is_ticked_beforehand(self, client: Client, talk: Talk) -> None:
        assert not re.search(r"<input[^>]*\schecked", client.get(f"{talk.page}story/").text)

    def test_sent_twice_it_is_one_story_of_one_person(self, client: Client, talk: Talk) -> None:
        sent = {"text": "Once.", "may": "use", **talk.hidden(client, "story/")}
        for browser in (client, Client()):
            assert browser.post(f"{talk.page}story/", sent).status_code == 302
        assert (Story.objects.count(), Participant.objects.count()) == (1, 1)

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"text": "  "}, "There is no story yet."),
            ({"text": "a" * 5001}, "can be up to 5,000 characters. Yours has 5,001."),
            ({"may": ""}, "You have not said what may be done with it."),
            ({"may": "sell"}, "That is not one of the choices"),
            ({"mattered": "9"}, "That is not one of the choices"),
            ({"key": "x"}, "This page was out of date."),
        ],
    )
    def test_a_bad_form_keeps_what_was_typed(
        self, client: Client, talk: Talk, more: dict[str, object], says: str
    ) -> None:
        response = talk.tell(client, **{"text": "Kept as it was.", **more})
        assert response.status_code == 422
        assert says in response.text
        assert str(more.get("text", "Kept as it was.")).strip() in response.text
        assert not Story.objects.exists()
        assert not Participant.objects.exists()

    @pytest.mark.parametrize("text", ["حافلة واحدة تكلف أكثر من السباحة", "🏊‍♀️ 🚌", "w" * 5000, "one\u0000two"])
    def test_any_words_are_kept(self, client: Client, talk: Talk, cast: Cast, text: str) -> None:
        assert talk.tell(client, text=text).status_code == 302
        story = Story.objects.select_related("node").get()
        assert story.text == text.replace("\0", "")
        actions.release(by=cast.mo, row=story)
        assert client.get(story.node.get_absolute_url()).status_code == 200

    def test_what_was_told_is_on_the_thread_and_in_the_audit_trail_without_its_words(
        self, client: Client, talk: Talk
    ) -> None:
        talk.tell(client)
        node = Story.objects.get().node
        assert node.code.startswith("Y-")
        assert node.knowledge_kind == "lived"
        entry = Entry.objects.get(did="told story")
        assert entry.on == node.code
        assert "bus" not in f"{entry.did} {entry.detail}"
        assert voices_behind([node])[node.pk].words == {Participant.objects.get().pk}


class TestConsentTravels:
    def test_nothing_rests_on_a_story_that_is_only_to_be_read(self, talk: Talk, cast: Cast) -> None:
        story = story_in(talk, "tell")
        with pytest.raises(Refused, match="asked that it is only read"):
            make_theme(by=cast.lena, of=cast.summer, title="Fares", sources=[story.node])
        finding = record(by=cast.lena, kind="finding", programme=cast.pell, team=cast.summer, title="Fares")
        with pytest.raises(Refused, match="asked that it is only read"):
            cite(by=cast.lena, node=finding, texts=[f"As [[{story.node.code}]] says."])

    @pytest.mark.parametrize("scope", ["analyse", "quote", "describe"])
    def test_any_use_that_is_allowed_opens_the_thread(self, talk: Talk, cast: Cast, scope: str) -> None:
        story = story_in(talk, scope, described_as="a parent")
        theme = make_theme(by=cast.lena, of=cast.summer, title="Fares", sources=[story.node])
        assert theme.node.into.get().source == story.node


class TestTheTeamsSide:
    def test_those_that_wait_come_first_and_one_leads_to_the_next(self, talk: Talk, cast: Cast) -> None:
        first = story_in(talk, "quote", text="The first one told.")
        second = story_in(talk, text="The second one told.")
        third = story_in(talk, "quote", text="The third one told.")
        browser = as_(cast.mo)
        assert browser.post(f"/pell/{third.node.code}/release/")["Location"] == first.node.get_absolute_url()
        page = browser.get("/pell/summer/stories/").text
        assert page.index("The first one") < page.index("The second one") < page.index("The third one")
        assert f"{third.node.code} is released. Whoever may read the programme can read it now." in page
        assert "The third one told." not in browser.get("/pell/summer/stories/?show=held").text
        assert "The third one told." in browser.get("/pell/summer/stories/?show=released").text
        assert "The third one told." in Client().get(third.node.get_absolute_url()).text
        assert browser.post(f"/pell/{second.node.code}/keep/")["Location"] == first.node.get_absolute_url()
        assert browser.post(f"/pell/{first.node.code}/release/")["Location"] == first.node.get_absolute_url()
        second.refresh_from_db()
        assert (second.read_by, second.state) == (cast.mo, "kept")

    def test_each_state_offers_what_can_be_done_then(self, talk: Talk, cast: Cast) -> None:
        story, quiet, browser = story_in(talk, "quote"), story_in(talk, "analyse"), as_(cast.mo)

        def offered(one: Story) -> list[str]:
            page = browser.get(one.node.get_absolute_url()).text
            every = (
                "Release it",
                "Keep it in the team",
                "Take it back into the team",
                "Say why it is not",
            )
            return [words for words in every if words in page]

        assert offered(story) == ["Release it", "Keep it in the team", "Say why it is not"]
        assert offered(quiet) == ["Keep it in the team", "Say why it is not"]
        actions.release(by=cast.mo, row=story)
        assert offered(story) == ["Keep it in the team", "Say why it is not"]
        browser.post(f"/pell/{story.node.code}/keep/")
        assert offered(story) == ["Release it", "Say why it is not"]
        assert Client().get(story.node.get_absolute_url()).status_code == 404
        assert browser.post(f"/pell/{quiet.node.code}/release/").status_code == 409
        assert Client().get(quiet.node.get_absolute_url()).status_code == 404

    def test_a_reason_says_why_one_is_not_used(self, talk: Talk, cast: Cast) -> None:
        story, browser = story_in(talk, "analyse"), as_(cast.mo)
        address = f"/pell/{story.node.code}/not-used/"
        assert browser.post(address, {"because": ""}).status_code == 422
        browser.post(address, {"because": "it is about another town.", "revision": 1})
        assert "Because it is about another town." in browser.get(story.node.get_absolute_url()).text
        browser.post(f"/pell/{story.node.code}/keep/")
        story.refresh_from_db()
        assert story.not_used_because == ""

    def test_it_is_taken_back_for_somebody_who_asks_in_person(self, talk: Talk, cast: Cast) -> None:
        story, browser = story_in(talk, "analyse"), as_(cast.mo)
        address = f"/pell/{story.node.code}/take-back/"
        assert "Nothing else rests on this story." in browser.get(address).text
        assert browser.post(address).status_code == 302
        story.refresh_from_db()
        assert story.text == ""

    def test_a_story_from_paper_gets_a_slip_to_print(self, talk: Talk, cast: Cast) -> None:
        browser = as_(cast.mo)
        start = re.search(r'name="start" value="([^"]+)"', browser.get(f"{talk.team_page}paper/").text)[1]
        key = re.search(r'name="key" value="([^"]+)"', browser.get(f"{talk.team_page}paper/").text)[1]
        sent = {
            "arrived_by": "paper",
            "venue": str(cast.pool.pk),
            "text": "Told on paper.",
            "may": "use",
            "words": "on",
            "is_group": "on",
            "start": start,
            "key": key,
        }
        for _ in range(2):
            response = browser.post(f"{talk.team_page}paper/", sent)
            assert response["Location"] == f"{talk.team_page}slip/"
        story = Story.objects.select_related("participant").get()
        assert (story.captured_by, story.is_group) == (cast.mo, True)
        assert (story.participant.arrived_by, story.participant.venue) == ("paper", cast.pool)
        page = browser.get(f"{talk.team_page}slip/").text
        words = re.findall(r"<span>(\w+)</span>", re.search(r'<p class="weft-words">(.*?)</p>', page, re.S)[1])
        assert Client().post("/r/", {"code": "tide123", "words": " ".join(words)})["Location"] == "/r/yours/"
        browser.cookies.pop("weft_slip")
        assert browser.get(f"{talk.team_page}slip/")["Location"] == f"{talk.team_page}paper/"

    def test_what_means_danger_is_passed_on_as_it_is_entered(self, talk: Talk, cast: Cast) -> None:
        browser = as_(cast.mo)
        page = browser.get(f"{talk.team_page}paper/").text
        hidden = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("start", "key")}
        sent = {"arrived_by": "paper", "text": "He hits us.", "may": "use", "in_danger": "on", **hidden}
        slip = browser.post(f"{talk.team_page}paper/", sent)["Location"]
        story = Story.every.get()
        assert story.node.visibility == "sealed"
        said = browser.get(slip).text
        assert "is sealed, but nobody can read it" in said
        assert browser.get(story.node.get_absolute_url()).status_code == 404
        assert browser.post(f"{talk.team_page}paper/", sent).status_code == 302
        assert Story.every.count() == 1

    def test_a_bad_paper_form_keeps_what_was_typed(self, talk: Talk, cast: Cast) -> None:
        response = as_(cast.mo).post(f"{talk.team_page}paper/", {"text": "", "described_as": "a swimmer"})
        assert response.status_code == 422
        assert "a swimmer" in response.text

    def test_the_pages_need_few_queries(self, talk: Talk, cast: Cast, django_assert_max_num_queries) -> None:
        browser = as_(cast.mo)
        for number in range(30):
            story_in(talk, "analyse", text=f"Story {number} is told.")
        for address in ("/pell/summer/stories/", Story.objects.first().node.get_absolute_url()):
            with django_assert_max_num_queries(13):
                assert browser.get(address).status_code == 200

    def test_jobs_and_the_workspace_say_what_waits(self, talk: Talk, cast: Cast, django_assert_max_num_queries) -> None:
        assert queries.jobs(cast.summer) == []
        for _ in range(2):
            story_in(talk)
        with django_assert_max_num_queries(3):
            assert queries.jobs(cast.summer)[0].what == "2 stories are waiting to be read."
            assert queries.workspace(cast.summer).waiting == 2


class TestStrangers:
    @pytest.mark.parametrize("who", ["kit", "ola", "nobody"])
    def test_stories_of_the_team_are_not_there_for_others(self, talk: Talk, cast: Cast, who: str) -> None:
        story, browser = story_in(talk, "analyse"), as_(getattr(cast, who))
        code = story.node.code
        for address in ("/pell/summer/stories/", f"/pell/{code}/", f"{talk.team_page}paper/"):
            assert browser.get(address).status_code == 404
        for path in ("release/", "keep/", "not-used/", "take-back/"):
            assert browser.post(f"/pell/{code}/{path}").status_code == 404
        story.refresh_from_db()
        assert (story.read_at, story.state, story.text) == (None, "held", "The bus costs more than the swim.")

    def test_whoever_is_not_signed_in_is_asked_to(self, client: Client, talk: Talk) -> None:
        code = story_in(talk).node.code
        assert client.get(f"/pell/{code}/").status_code == 404
        for address in ("/pell/summer/stories/", f"{talk.team_page}paper/", f"{talk.team_page}slip/"):
            assert client.get(address).status_code == 302
        assert client.post(f"/pell/{code}/take-back/").status_code == 302
        assert Story.objects.get().text

    def test_a_reader_sees_the_words_and_nothing_of_the_teams_side(
        self, client: Client, talk: Talk, cast: Cast
    ) -> None:
        story = story_in(talk, "quote", "describe", described_as="a parent in Ormsea")
        actions.release(by=cast.mo, row=story)
        page = client.get(story.node.get_absolute_url()).text
        assert "A parent in Ormsea said" in page
        assert "For the team" not in page


def test_each_choice_stands_once(talk: Talk) -> None:
    person = talk.person()
    for _ in range(2):
        actions.tell(by=person, participant=person, text="Again.", scopes=["analyse", "tell"])
    assert Consent.objects.filter(scope="tell").count() == 1
    assert Consent.objects.filter(scope="analyse").count() == 2


def test_under_13_somebody_has_to_agree_and_that_is_kept(client: Client, talk: Talk) -> None:
    refused = talk.tell(client, under_18="under_13")
    assert refused.status_code == 422
    assert "Ask a parent, a guardian or the person who runs this" in refused.text
    assert not Story.objects.exists()
    assert talk.tell(client, under_18="under_13", adult_agreed="on").status_code == 302
    person = Participant.objects.get()
    assert (person.is_under_18, person.adult_agreed) == (True, True)


def test_nobody_else_is_asked_for_it(client: Client, talk: Talk) -> None:
    assert talk.tell(client, under_18="yes").status_code == 302
    person = Participant.objects.get()
    assert (person.is_under_18, person.adult_agreed) == (True, False)
