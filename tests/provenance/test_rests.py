"""What is said before an item is taken back, and which words are its own."""

import pytest

from tests.cast import Cast
from weft.act.manifestos.actions import make_ask, withdraw_ask
from weft.learn.insights.actions import make_insight, withdraw_insight
from weft.learn.reflections.actions import reflect
from weft.provenance.queries import own_words, rests_on
from weft.sense.findings.actions import make_finding

SAID = "People leave the pool because nobody taught them."


@pytest.fixture
def finding(cast: Cast):
    return make_finding(by=cast.mo, of=cast.summer, title=SAID, text="It came up in every single talk.")


def test_what_rests_on_an_item_is_counted_by_kind(cast: Cast, finding):
    assert rests_on(finding.node, "this finding") == "Nothing else rests on this finding."
    make_insight(by=cast.mo, of=cast.summer, title="One", cases=[finding.node])
    assert rests_on(finding.node, "this finding") == (
        "One insight rests partly on this finding. It stays, without these words."
    )
    for title in ("A", "B"):
        make_ask(by=cast.mo, of=cast.summer, title=title, text="x", to_role="y", sources=[finding.node])
    assert rests_on(finding.node, "this finding").startswith("Two asks and one insight rest partly")


def test_the_page_asks_first_and_then_shows_what_is_left(client, cast: Cast, finding):
    client.force_login(cast.mo)
    address = finding.node.get_absolute_url()
    page = client.get(f"{address}take-back/").content.decode()
    assert "Take this finding back?" in page
    assert "Nothing else rests on this finding." in page
    finding.node.refresh_from_db()
    assert not finding.node.is_withdrawn
    answer = client.post(f"{address}take-back/", follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert answer.status_code == 410


def test_the_words_of_what_an_item_rests_on_stay_theirs(cast: Cast, finding):
    insight = make_insight(
        by=cast.mo, of=cast.pell, title="Nobody taught them", text=f"As was found: {SAID}", cases=[finding.node]
    )
    assert "pool" not in own_words(insight.node, insight.node.title, insight.text)
    withdraw_insight(by=cast.mo, row=insight)
    finding.node.refresh_from_db()
    assert finding.node.title == SAID


def test_a_few_words_in_a_row_are_nobodys_own(cast: Cast):
    kept = reflect(by=cast.mo, of=cast.summer, learned="We keep the pool open.", outcome="as_hoped")
    ask = make_ask(by=cast.mo, of=cast.summer, title="The pool", text="Open.", to_role="x")
    withdraw_ask(by=cast.mo, row=ask)
    kept.refresh_from_db()
    assert kept.learned == "We keep the pool open."
