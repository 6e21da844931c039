"""A code that somebody types leads only to what they may see."""

import pytest
from django.test import Client

from tests.cast import Cast
from weft.learn.insights.actions import make_insight
from weft.listen.conversations.actions import add_participant, make_conversation
from weft.listen.stories.actions import keep, tell
from weft.listen.themes.actions import gather, make_theme
from weft.provenance.models import Link, Node
from weft.provenance.queries import by_code
from weft.sense.findings.actions import close_gap, make_finding, make_gap

SECRET = "Only Long Summer may read this"


@pytest.fixture
def hidden(cast: Cast) -> Node:
    return make_finding(by=cast.mo, of=cast.summer, title=SECRET, visibility="team").node


def test_other_teams_neither_read_nor_tie_what_only_its_team_sees(client: Client, cast: Cast, hidden: Node):
    finding = make_finding(by=cast.kit, of=cast.company, title="Ours").node
    gap = make_gap(by=cast.kit, of=cast.company, title="Not known").node
    insight = make_insight(by=cast.kit, of=cast.company, title="Learned").node
    theme = make_theme(by=cast.kit, of=cast.company, title="Said").node
    client.force_login(cast.kit)
    assert SECRET not in client.get(f"/pell/company/gaps/new/?of={hidden.code}").content.decode()
    tie = {"code": hidden.code, "relation": "supports", "note": "", "how": "So."}
    for path in (f"{finding.code}/evidence/", f"{gap.code}/offer/", f"{gap.code}/close/"):
        answer = client.post(f"/pell/{path}", tie)
        assert answer.status_code == 422
        assert SECRET not in answer.content.decode()
    assert client.post(f"/pell/{insight.code}/cases/", tie).status_code == 409
    client.post(f"/pell/{theme.code}/gather/", {"item": hidden.code})
    assert not Link.objects.filter(source=hidden).exists()


def test_a_gap_that_a_hidden_item_closed_does_not_say_its_title(client: Client, cast: Cast, hidden: Node):
    gap = make_gap(by=cast.mo, of=cast.summer, title="Not known").node
    close_gap(by=cast.mo, row=gap.gap, evidence=hidden, how="We asked.")
    page = f"/pell/{gap.code}/"
    assert SECRET not in client.get(page).content.decode()
    client.force_login(cast.mo)
    assert SECRET in client.get(page).content.decode()


def test_a_theme_shows_no_story_that_its_team_keeps(client: Client, cast: Cast):
    talk = make_conversation(by=cast.mo, of=cast.summer, prompt="How?", code="tide123")
    teller = add_participant(by=None, conversation=talk, secret="one")
    story = tell(by=teller, participant=teller, text=SECRET, scopes=["quote"])
    keep(by=cast.mo, row=story)
    theme = make_theme(by=cast.mo, of=cast.summer, title="Said")
    gather(by=cast.mo, row=theme, sources=[story.node])
    assert SECRET not in client.get(f"/pell/{theme.node.code}/").content.decode()


@pytest.mark.parametrize("typed", ["F-22\x0022", "F-2222\n", "", "\ud800", "F-" + "2" * 5000])
def test_what_is_no_code_finds_nothing(cast: Cast, typed: str):
    assert by_code(cast.pell, [typed]) == {}
