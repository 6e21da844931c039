"""The pages of the report."""

import re

import pytest
from django.core.cache import cache

from tests.cast import Cast
from tests.share.world import SAID, World, draft, world
from weft.listen.stories.actions import mark_read, withdraw_story
from weft.sense.findings.actions import make_finding, make_gap
from weft.share.reports import actions, queries
from weft.share.reports.models import Edition, Report, Section


@pytest.fixture
def made(cast: Cast) -> World:
    return world(cast)


def words(response) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def publish(made: World, *texts: str) -> Edition:
    return actions.publish(by=made.cast.cora, report=draft(made, *texts))


def test_without_an_edition_the_page_says_so(client, made: World):
    assert "No edition is out yet" in words(client.get("/pell/report/"))


def test_a_whole_report_through_the_pages(client, made: World):
    code = made.findings[0].code
    client.force_login(made.cast.cora)
    assert client.post("/pell/report/draft/", {"title": "What we learned", "summary": ""}).status_code == 302
    page = client.get("/pell/report/draft/sections/new/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    section = {"key": key, "title": "Getting home", "text": f"There is no bus [[{code}]]. It has to change."}
    for _ in range(2):
        assert client.post("/pell/report/draft/sections/new/", section).status_code == 302
    assert Section.objects.count() == 1
    assert "1 sentence has no evidence and no decision." in words(client.get("/pell/report/draft/"))
    assert "Not decided yet" in words(client.get("/pell/report/draft/preview/"))
    check = client.get("/pell/report/check/")
    assert "It has to change." in words(check)
    decide = re.search(r"/pell/report/check/[0-9a-f]{64}/", check.content.decode())[0]
    assert client.post(decide, {"verdict": "keep", "reason": ""}).status_code == 422
    assert client.post(decide, {"verdict": "keep", "reason": "The teams say so.", "revision": 0}).status_code == 302
    published = client.post("/pell/report/publish/", {"number": 1})
    assert published.status_code == 302
    edition = Edition.objects.get()
    assert published["Location"] == f"/pell/{edition.node.code}/"
    client.logout()
    page = client.get("/pell/report/")
    assert "No evidence cited here" in words(page)
    assert "The editors’ own view. The teams say so." in words(page)
    assert f'href="/pell/{code}/"' in page.content.decode()
    assert edition.fingerprint in words(page)
    assert edition.fingerprint.replace(" ", "") == edition.content_hash
    assert "1 statement and 1 story; answers from 12 people. Lived experience." in words(page)


def test_publishing_with_sentences_undecided_is_refused(client, made: World):
    draft(made, "So it is.")
    client.force_login(made.cast.cora)
    response = client.post("/pell/report/publish/", {"number": 1})
    assert response.status_code == 409
    assert "has no evidence behind it" in words(response)


def test_a_citation_that_leads_nowhere_is_an_error_in_its_field(client, made: World):
    report = draft(made, "x")
    client.force_login(made.cast.cora)
    section = report.sections.get()
    sent = {"title": "T", "text": "So it is [[F-ZZZZZ]].", "revision": 1}
    response = client.post(f"/pell/report/draft/sections/{section.pk}/", sent)
    assert response.status_code == 422
    assert "is not the code of anything" in words(response)
    assert "So it is [[F-ZZZZZ]]." in response.content.decode()


def test_two_editors_are_shown_both_texts(client, made: World):
    section = draft(made, "The old text.").sections.get()
    client.force_login(made.cast.cora)
    stale = section.revision
    actions.edit_section(by=made.cast.cora, section=section, title="Part 1", text="Their newer text.", revision=1)
    sent = {"title": "Part 1", "text": "My text.", "revision": stale}
    response = client.post(f"/pell/report/draft/sections/{section.pk}/", sent)
    assert response.status_code == 409
    assert "Their newer text." in words(response)
    assert "My text." in words(response)
    assert Section.objects.get().text == "Their newer text."
    again = {**sent, "revision": 2}
    assert client.post(f"/pell/report/draft/sections/{section.pk}/", again).status_code == 302
    assert Section.objects.get().text == "My text."


def test_title_and_summary_are_changed(client, made: World):
    draft(made, "x")
    client.force_login(made.cast.cora)
    sent = {"title": "Better", "summary": "In short.", "revision": 1}
    assert client.post("/pell/report/draft/about/", sent).status_code == 302
    assert Report.objects.get().title == "Better"


def test_sections_move_and_go_through_the_pages(client, made: World):
    report = draft(made, "a", "b")
    first, second = report.sections.all()
    client.force_login(made.cast.cora)
    client.post(f"/pell/report/draft/sections/{first.pk}/move/", {"way": "down"})
    assert list(report.sections.all()) == [second, first]
    assert client.get(f"/pell/report/draft/sections/{first.pk}/remove/").status_code == 200
    client.post(f"/pell/report/draft/sections/{first.pk}/remove/")
    assert list(report.sections.all()) == [second]


PRIVATE = ("draft/", "draft/about/", "draft/preview/", "draft/sections/new/", "check/")


@pytest.mark.parametrize("part", PRIVATE)
@pytest.mark.parametrize("who", ["mo", "lena", "kit", "ola", "sam", "nobody"])
def test_only_convenors_work_on_the_report(client, made: World, part: str, who: str):
    draft(made, "x")
    client.force_login(getattr(made.cast, who))
    assert client.get(f"/pell/report/{part}").status_code == 404
    assert client.post("/pell/report/publish/").status_code == 404


def test_a_section_of_another_programme_is_not_there(client, made: World):
    other = actions.begin_report(by=made.cast.sam, programme=made.cast.other, title="Other")
    theirs = actions.add_section(by=made.cast.sam, report=other, title="x")
    client.force_login(made.cast.cora)
    for part in ("", "move/", "remove/"):
        assert client.post(f"/pell/report/draft/sections/{theirs.pk}/{part}").status_code == 404


def test_a_withdrawal_shows_on_the_page_at_once(client, made: World):
    story = made.stories[0]
    publish(made, f"A parent said “{SAID}” [[{story.node.code}]]. There is no bus [[{made.findings[0].code}]].")
    assert "no way home" in words(client.get("/pell/report/"))
    withdraw_story(by=made.people[0], row=story)
    page = client.get("/pell/report/")
    assert "no way home" not in page.content.decode()
    assert "1 withdrawn since." in words(page)
    assert 'class="weft-redacted">(words taken back on' in page.content.decode()
    assert "1 story" in words(page)  # the counts stay those of the day it came out


def test_what_speaks_against_and_what_is_not_known_stand_in_the_margin(client, made: World):
    from weft.learn.insights.actions import tie_case

    against = make_finding(by=made.cast.kit, of=made.cast.company, title="They come on foot").node
    tie_case(by=made.cast.kit, row=made.insight, source=against, relation="contradicts")
    gap = make_gap(by=made.cast.mo, of=made.cast.summer, title="Who never came?").node
    publish(made, f"So it is [[{made.insight.node.code}]]. Not there [[{against.code}]]. Who? [[{gap.code}]]")
    page = client.get("/pell/report/")
    assert "weft-note--against" in page.content.decode()
    for expected in ("Speaks against", "Not known yet", "Open since", "One team’s, so far"):
        assert expected in words(page)


def test_arabic_reads_from_its_own_side(client, made: World):
    code = made.findings[0].code
    publish(made, f"لا توجد حافلة بعد السادسة [[{code}]]. قال الناس إنهم يمشون [[{code}]].")
    page = client.get("/pell/report/").content.decode()
    assert "لا توجد حافلة بعد السادسة" in page
    assert 'class="weft-claim__text" dir="auto"' in page
    sentences = Edition.objects.get().content["sections"][0]["sentences"]
    assert [one["codes"] for one in sentences] == [[code], [code]]


def test_an_item_that_not_everybody_may_open_is_no_link(client, made: World):
    from weft.provenance.models import Node

    publish(made, f"There is no bus [[{made.findings[0].code}]].")
    Node.objects.filter(pk=made.findings[0].pk).update(visibility="team")
    cache.clear()
    page = client.get("/pell/report/").content.decode()
    assert f"{made.findings[0].code} (only its team sees it)" in page
    assert made.findings[0].title not in page


def test_who_is_carried_stands_on_the_edition(client, cast: Cast):
    made = world(cast, people=40, stories=2, votes=20)
    publish(made, f"Buses should run longer [[{made.statements[0].node.code}]].")
    page = client.get("/pell/report/")
    assert "Who is carried" in words(page)
    assert "20 of 40 people are carried." in words(page)
    assert "those of fewer than 10 people, not used yet" in words(page)
    assert 'role="img"' in page.content.decode()


def test_a_warning_is_answered_on_the_page(client, cast: Cast):
    from tests.share.test_carried import unfair

    made = unfair(cast)
    evidence = [(story.node, "supports") for story in [*made.stories[:14], made.stories[20]]]
    finding = make_finding(by=cast.mo, of=cast.summer, title="So it is", evidence=evidence)
    draft(made, f"So it is [[{finding.node.code}]].")
    client.force_login(cast.cora)
    assert "Group B" in words(client.get("/pell/report/check/"))
    response = client.post("/pell/report/publish/", {"number": 1})
    assert response.status_code == 422
    assert not Edition.objects.exists()
    assert client.post("/pell/report/publish/", {"number": 1, "answer_0": "They came late."}).status_code == 302
    assert "The editors say: They came late." in words(client.get("/pell/report/"))


def test_two_hundred_claims_stay_within_twelve_queries(client, made: World, django_assert_max_num_queries):
    codes = [made.findings[0].code]
    for number in range(30):
        finding = make_finding(
            by=made.cast.mo, of=made.cast.summer, title=f"{number}", evidence=[(made.findings[0], "supports")]
        )
        codes.append(finding.node.code)
    text = "\n\n".join(f"Claim number {n} [[{codes[n % len(codes)]}]]." for n in range(200))
    edition = publish(made, text)
    assert len(edition.content["sections"][0]["sentences"]) == 200
    client.force_login(made.cast.mo)
    client.get("/pell/asks/")  # a page before, so that nothing of the site is read for the first time
    cache.clear()
    for _ in range(2):
        with django_assert_max_num_queries(12):
            assert client.get("/pell/report/").status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(f"/pell/{edition.node.code}/").status_code == 200


@pytest.mark.parametrize("part", ["draft/", "check/", "draft/preview/"])
def test_the_convenors_pages_cost_at_most_twelve_queries_once_counted(
    client, made: World, part: str, django_assert_max_num_queries
):
    text = f"There is no bus [[{made.findings[0].code}]]. So [[{made.insight.node.code}]]. And so it goes."
    draft(made, *[text] * 5)
    client.force_login(made.cast.cora)
    client.get(f"/pell/report/{part}")
    with django_assert_max_num_queries(12):
        client.get(f"/pell/report/{part}")


def test_the_workspace_says_what_is_cited(made: World):
    publish(made, f"There is no bus [[{made.findings[0].code}]].")
    assert queries.workspace(made.cast.summer).cited == 1
    assert queries.workspace(made.cast.company).cited == 0


def test_stories_that_are_used_nowhere_are_a_job(made: World, django_assert_max_num_queries):
    assert queries.jobs(made.cast.summer) == []
    publish(made, f"There is no bus [[{made.findings[0].code}]].")
    for story in made.stories:
        mark_read(by=made.cast.mo, row=story)
    with django_assert_max_num_queries(2):
        (job,) = queries.jobs(made.cast.summer)
    assert job.what == "2 stories are used nowhere."
    assert "stories" in job.url
