"""What an item said before it was changed is kept, is shown to those who work on it, and goes with the item."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.house.nouns.making import below
from tests.reading import read
from weft.core.errors import Changed
from weft.frame.problems.actions import write_problem, write_version
from weft.learn.insights.actions import edit_insight, make_insight
from weft.listen.concerns.actions import hand_back, pass_on
from weft.listen.concerns.models import Concern
from weft.listen.conversations.actions import add_participant, make_conversation
from weft.listen.conversations.models import Participant
from weft.listen.stories.actions import release, tell, withdraw_story
from weft.listen.stories.actions.hiding import hide
from weft.listen.stories.models import Story
from weft.listen.stories.queries import hidden_in
from weft.listen.themes.actions import edit_theme, make_theme
from weft.people.programmes.models import Role
from weft.programme_file.dump import dump
from weft.provenance import items
from weft.provenance.batch import batch
from weft.provenance.masks import give_back, let_go, let_go_of_old
from weft.provenance.models import EarlierText, Mask
from weft.provenance.queries import versions_of
from weft.provenance.registry import NOUNS
from weft.sense.findings.actions import edit_finding, edit_gap, make_finding, make_gap, withdraw_finding
from weft.sense.findings.models import Finding

WORDS = "We walk home in the dark because the last bus goes at six."
MARK = re.compile(r"\(words taken back on [^()]*\)")


@pytest.fixture
def finding(cast: Cast) -> Finding:
    return make_finding(by=cast.mo, of=cast.summer, title="After six", text="The bus stops early.")


@pytest.fixture
def teller(cast: Cast) -> Participant:
    conversation = make_conversation(by=cast.lena, of=cast.summer, prompt="What happens after six?", code="tide123")
    return add_participant(by=None, conversation=conversation, secret="one")


def said(row: Any) -> list[tuple[str, str]]:
    """Title and text of every version, the one that stands first."""
    row.refresh_from_db()
    row.node.refresh_from_db()
    return [(one.texts["title"], one.texts["text"]) for one in versions_of(row.node, row)]


def changed(cast: Cast, finding: Finding, *texts: str) -> Finding:
    """The finding with these texts, one after the other."""
    for text in texts:
        finding.refresh_from_db()
        finding = edit_finding(by=cast.lena, row=finding, title="After six", text=text, revision=finding.revision)
    return finding


def test_what_is_changed_is_kept_with_who_and_when(cast: Cast, finding: Finding):
    edit_finding(by=cast.lena, row=finding, title="After six", text="The last bus goes at six.", revision=1)
    edit_finding(by=cast.mo, row=finding, title="Past six", text="The last bus goes at six.", revision=2)
    assert list(EarlierText.objects.values_list("number", "texts", "changed_by__name")) == [
        (1, {"text": "The bus stops early."}, "Lena"),
        (2, {"title": "After six"}, "Mo"),
    ]
    assert said(finding) == [
        ("Past six", "The last bus goes at six."),
        ("After six", "The last bus goes at six."),
        ("After six", "The bus stops early."),
    ]
    versions = versions_of(finding.node, finding)
    assert [(one.number, str(one.made_by)) for one in versions] == [(3, "Mo"), (2, "Lena"), (1, "Mo")]
    assert versions[-1].made_at == finding.node.made_at
    assert versions[0].made_at == EarlierText.objects.last().changed_at


def test_every_kind_of_text_of_a_team_has_versions(cast: Cast):
    gap = make_gap(by=cast.mo, of=cast.pell, title="Who stays away", text="One.")
    edit_gap(by=cast.cora, row=gap, title="Who stays away", text="Two.", revision=1)
    theme = make_theme(by=cast.mo, of=cast.summer, title="Dark roads", summary="One.")
    edit_theme(by=cast.mo, row=theme, title="Dark roads", summary="Two.", revision=1)
    insight = make_insight(by=cast.mo, of=cast.pell, title="Buses", text="One.")
    edit_insight(by=cast.mo, row=insight, title="Buses", text="Two.", revision=1)
    assert sorted(EarlierText.objects.values_list("node__kind", "texts")) == [
        ("gap", {"text": "One."}),
        ("insight", {"text": "One."}),
        ("theme", {"summary": "One."}),
    ]
    kept = {kind for kind, noun in NOUNS.items() if noun.keeps_earlier}
    assert {"finding", "gap", "theme", "insight", "recommendation", "reflection", "project", "ask"} <= kept
    assert not kept & {"problem", "story", "statement", "excerpt", "edition", "map"}


def test_saving_the_same_again_or_other_things_than_texts_keeps_nothing(cast: Cast, finding: Finding):
    edit_finding(by=cast.mo, row=finding, title="After six ", text="The bus stops early.\n", revision=1)
    items.edit(finding, by=cast.mo, did="edited finding", revision=None, visibility="team")
    assert not EarlierText.objects.exists()


def test_what_is_refused_keeps_nothing(cast: Cast, finding: Finding):
    edit_finding(by=cast.lena, row=finding, title="After six", text="Hers.", revision=1)
    with pytest.raises(Changed):
        edit_finding(by=cast.mo, row=finding, title="After six", text="His.", revision=1)
    assert EarlierText.objects.count() == 1


def test_of_items_changed_before_versions_were_kept_the_first_writer_is_not_known(cast: Cast, finding: Finding):
    Finding.objects.update(revision=4)
    changed(cast, finding, "Other words.")
    versions = versions_of(finding.node, Finding.objects.get())
    assert [(one.number, one.made_by, one.made_at is None) for one in versions] == [
        (2, cast.lena, False),
        (1, None, True),
    ]


def test_a_file_that_is_loaded_keeps_none_and_none_is_in_a_file(cast: Cast, finding: Finding):
    with batch():
        made = make_finding(by=cast.mo, of=cast.summer, title="One", text="Said first.")
        edit_finding(by=cast.mo, row=made, title="One", text="Said then.", revision=None)
    assert not EarlierText.objects.exists()
    changed(cast, finding, "Other words.")
    assert "The bus stops early." not in dump(cast.pell)


# the page


def test_those_who_work_on_it_read_every_version_and_what_changed(client, cast: Cast, finding: Finding):
    changed(cast, finding, "The last bus goes at six.", "The last bus goes at seven.")
    client.force_login(cast.mo)
    page = read(client.get(finding.node.get_absolute_url()))
    address = below(finding.node, "findings:finding-changes")
    assert f'href="{address}">Earlier versions</a>' in page
    page = read(client.get(address))
    assert "From version 2 to version 3" in page
    assert "[taken out: </span>six<" in page
    assert "[put in: </span>seven<" in page
    assert '<h2 class="govuk-heading-m weft-section">More about it</h2>' in page
    assert page.count(", Lena") == 2
    assert ", Mo" in page
    page = read(client.get(f"{address}?before=1&after=2"))
    assert "From version 1 to version 2" in page
    assert "stops early" in page
    assert "Nothing is different." in read(client.get(f"{address}?before=2&after=2"))
    assert client.get(f"{address}?before=1&after=9").status_code == 404
    assert "From version 2 to version 3" in read(client.get(f"{address}?before=x"))
    assert client.post(address).status_code == 405


def test_where_nothing_was_changed_the_page_says_so(client, cast: Cast, finding: Finding):
    client.force_login(cast.lena)
    page = read(client.get(below(finding.node, "findings:finding-changes")))
    assert "There is one version" in page
    assert "Nothing was changed so far." in page


@pytest.mark.parametrize(("who", "status"), [("", 302), ("nobody", 404), ("kit", 404), ("sam", 404), ("cora", 200)])
def test_nobody_else_reads_earlier_versions(client, cast: Cast, finding: Finding, who: str, status: int):
    changed(cast, finding, "Other words.")
    if who:
        client.force_login(getattr(cast, who))
    assert "Earlier versions" not in read(client.get(finding.node.get_absolute_url())) or status == 200
    assert client.get(below(finding.node, "findings:finding-changes")).status_code == status


def test_its_words_are_no_html_and_many_versions_cost_few_queries(
    client, cast: Cast, finding: Finding, django_assert_max_num_queries
):
    changed(cast, finding, *(f"<script>{n}</script> and [[{finding.node.code}]]" for n in range(20)))
    client.force_login(cast.mo)
    address = below(finding.node, "findings:finding-changes")
    client.get(address)
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert "<script>19" not in page
    assert "Version 21, as it stands" in page


@pytest.mark.parametrize("kind", [kind for kind, noun in NOUNS.items() if noun.keeps_earlier])
def test_every_noun_that_is_changed_has_the_page(kind: str):
    """Whether its own page leads there is seen where every page of the demonstration is walked through."""
    assert reverse(f"{NOUNS[kind].page}-changes", args=["pell", f"{NOUNS[kind].prefix}-2222"]).endswith("/changes/")


def test_a_theme_whose_page_has_a_shape_of_its_own_leads_there_too(client, cast: Cast):
    theme = make_theme(by=cast.mo, of=cast.summer, title="Dark roads", summary="One.")
    for who, is_there in ((cast.mo, True), (cast.kit, False)):
        client.force_login(who)
        page = read(client.get(theme.node.get_absolute_url()))
        assert (f'href="{below(theme.node, "themes:theme-changes")}"' in page) is is_there


# taking back


def test_taking_it_back_erases_every_version_and_what_others_repeat_of_one(cast: Cast, finding: Finding):
    changed(cast, finding, WORDS, "Other words entirely.")
    insight = make_insight(
        by=cast.mo, of=cast.pell, title="Buses", text=f"They found: {WORDS}", cases=[(finding.node, "supports")]
    )
    withdraw_finding(by=cast.mo, row=finding)
    insight.refresh_from_db()
    assert MARK.search(insight.text)
    assert not EarlierText.objects.exists()


def retold(cast: Cast, teller: Participant, *texts: str) -> tuple[Story, Finding]:
    """A story that was released, and a finding that rests on it and says these texts one after the other."""
    told = tell(by=teller, participant=teller, text=WORDS, scopes=["analyse", "quote"])
    story = release(by=cast.lena, row=told)
    evidence = [(story.node, "supports")]
    finding = make_finding(by=cast.mo, of=cast.summer, title="After six", text=texts[0], evidence=evidence)
    return story, changed(cast, finding, *texts[1:])


def test_words_that_are_taken_back_leave_every_version_at_once(cast: Cast, teller: Participant):
    story, finding = retold(cast, teller, f"One: {WORDS}", f"Two: {WORDS}", "Three.")
    withdraw_story(by=teller, row=story)
    texts = [text for _, text in said(finding)]
    assert texts[0] == "Three."
    assert all(MARK.search(text) and "last bus" not in text for text in texts[1:])
    assert "last bus" not in str(list(EarlierText.objects.values_list("texts", flat=True)))
    let_go(by=cast.mo, node=story.node, place=finding.node)
    assert not Mask.objects.exists()
    assert all("; mark" not in text for _, text in said(finding))


def test_words_that_never_were_the_tellers_stand_again_in_every_version(cast: Cast, teller: Participant):
    story, finding = retold(cast, teller, f"One: {WORDS}", f"Two: {WORDS}")
    withdraw_story(by=teller, row=story)
    give_back(by=cast.mo, node=story.node, place=finding.node)
    assert [text for _, text in said(finding)] == [f"Two: {WORDS}", f"One: {WORDS}"]


def test_they_do_so_where_somebody_saved_a_new_version_meanwhile(cast: Cast, teller: Participant):
    story, finding = retold(cast, teller, f"One: {WORDS}")
    withdraw_story(by=teller, row=story)
    masked = said(finding)[0][1]
    changed(cast, finding, f"{masked} And more.", "Without it.")
    assert [text for _, text in said(finding)] == ["Without it.", f"{masked} And more.", masked]
    give_back(by=cast.mo, node=story.node, place=finding.node)
    assert [text for _, text in said(finding)] == ["Without it.", f"One: {WORDS} And more.", f"One: {WORDS}"]
    assert not Mask.objects.exists()


def test_what_nobody_decides_on_is_erased_there_too(cast: Cast, teller: Participant):
    story, finding = retold(cast, teller, f"One: {WORDS}")
    withdraw_story(by=teller, row=story)
    at = timezone.now() - timedelta(days=29)
    Mask.objects.update(made_at=at)
    changed(cast, finding, "Without it.")
    assert set(Mask.objects.values_list("made_at", flat=True)) == {at}  # the days go on from when it was taken back
    Mask.objects.update(made_at=timezone.now() - timedelta(days=31))
    let_go_of_old()
    assert not Mask.objects.exists()
    assert re.fullmatch(r"One: \(words taken back on \d+ \w+ \d{4}\)\.", said(finding)[1][1])


def test_a_new_version_of_a_problem_statement_gets_them_back_too(cast: Cast, teller: Participant):
    story, finding = retold(cast, teller, "So it is.")
    problem = write_problem(
        by=cast.mo, of=cast.summer, title="Dark", text=f"One: {WORDS}", sources=[(finding.node, "informs")]
    )
    withdraw_story(by=teller, row=story)
    masked = problem.versions.get().text
    assert MARK.search(masked)
    write_version(by=cast.mo, row=problem, revision=1, title="Dark", text=f"{masked} And more.", why="More")
    give_back(by=cast.mo, node=story.node, place=problem.node)
    assert [one.text for one in problem.versions.all()] == [f"One: {WORDS}", f"One: {WORDS} And more."]
    assert not Mask.objects.exists()


def test_what_is_sealed_leaves_versions_and_comes_back_with_it(cast: Cast, teller: Participant):
    from tests.cast import joins, person

    bea = person("Bea")
    joins(bea, cast.pell, None, Role.SAFEGUARDING)
    story, finding = retold(cast, teller, f"One: {WORDS}", "Two.")
    pass_on(by=cast.mo, node=story.node, why="A child is alone.")
    assert "last bus" not in str(said(finding))
    hand_back(by=bea, concern=Concern.objects.get(), did="Spoke to the school.")
    assert [text for _, text in said(finding)] == ["Two.", f"One: {WORDS}"]


def test_hidden_words_are_looked_for_in_what_items_say_now(cast: Cast, teller: Participant):
    story, finding = retold(cast, teller, "The last bus is at six.", "There is none.")
    at = WORDS.index("last bus")
    hide(by=cast.mo, row=story, spans=[(at, at + len("last bus"))], why="teller")
    story.refresh_from_db()
    assert [one.elsewhere for one in hidden_in(story)] == [[]]
    changed(cast, finding, "The last bus again.")
    assert [one.elsewhere for one in hidden_in(story)] == [[finding.node]]
