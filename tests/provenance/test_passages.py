"""A passage is shown by its code: to each reader what they may see, in one query, and nowhere once it is taken back."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from tests.cast import Cast
from tests.reading import read
from weft.core.markdown import Cites, markdown
from weft.frame.problems.actions import write_problem, write_version
from weft.listen.concerns.actions import hand_back, pass_on
from weft.listen.concerns.models import Concern
from weft.listen.conversations.actions import add_participant, make_conversation
from weft.listen.conversations.models import Participant
from weft.listen.stories.actions import change_allowed, keep, release, tell, withdraw_story
from weft.listen.stories.actions.hiding import hide
from weft.listen.stories.models import Story
from weft.people.programmes.models import Role
from weft.programme_file.dump import dump
from weft.provenance import queries
from weft.provenance.models import Mask, SearchText
from weft.provenance.sentences import marked
from weft.provenance.templatetags.thread import Cited
from weft.sense.findings.actions import edit_finding, make_finding
from weft.sense.findings.models import Finding
from weft.sense.sources.actions import add_source, take_excerpt, withdraw_excerpt
from weft.sense.sources.models import Excerpt, Source
from weft.share.reports import actions as reports
from weft.share.reports.models import Edition

SAID = "We walk home in the dark, because the last bus goes at six."


@dataclass
class Told:
    """A story with a passage taken from it."""

    cast: Cast
    teller: Participant
    story: Story
    passage: Excerpt

    @property
    def code(self) -> str:
        return self.passage.node.code

    def finding(self, text: str, **more: Any) -> Finding:
        return make_finding(by=self.cast.mo, of=self.cast.summer, title="After six", text=text, **more)


def passage_of(cast: Cast, text: str, **more: Any) -> Excerpt:
    """The whole of a source as a passage."""
    source = add_source(by=cast.mo, of=cast.summer, title="A note", type="note", text=text, **more)
    return take_excerpt(by=cast.mo, of=source.node, start=0, end=len(source.text))


@pytest.fixture
def told(cast: Cast) -> Told:
    talk = make_conversation(by=cast.lena, of=cast.summer, prompt="What happens after six?", code="tide123")
    teller = add_participant(by=None, conversation=talk, secret="one")
    story = tell(by=teller, participant=teller, text=f"{SAID} My sister too.", scopes=["analyse", "quote"])
    story = release(by=cast.lena, row=story)
    return Told(cast, teller, story, take_excerpt(by=cast.mo, of=story.node, start=0, end=len(SAID)))


def shown(cast: Cast, text: str) -> str:
    """A text as whoever sees everything reads it."""
    return markdown(text, Cited(queries.cited(cast.pell, text), lambda node: True))


def test_in_a_sentence_it_stands_between_quotation_marks_with_its_link_behind(told: Told, client):
    page = read(client.get(told.finding(f"One said: [[{told.code}]].").node.get_absolute_url()))
    assert f'One said: <q dir="auto">{SAID}</q> <a class="weft-cite weft-t1" href="/pell/{told.code}/"' in page
    assert f">{told.code}</a>." in page


@pytest.mark.parametrize(
    "text", ["Before\n[[{}]]\nafter", "Before\n\n  [[{}]]  \n\nafter", "Before\\\n[[{}]]\\\nafter"]
)
def test_alone_on_a_line_it_is_a_quotation_with_its_source_below(told: Told, text: str):
    html = shown(told.cast, text.format(told.code))
    before, block, after = html.partition(f'<blockquote class="weft-quote weft-typed" dir="auto">{SAID}</blockquote>')
    assert before.strip() == "<p>Before</p>"
    assert block
    assert after.startswith('<p class="weft-soft">From a story told to Long Summer <a class="weft-cite')
    assert after.rstrip().endswith("</p><p>after</p>")


def test_two_lines_of_codes_are_two_quotations(told: Told):
    other = passage_of(told.cast, "Nobody waits there.")
    html = shown(told.cast, f"[[{told.code}]]\n[[{other.node.code}]]")
    assert html.count("<blockquote") == 2
    assert "From “<bdi>A note</bdi>”" in html
    assert "<p></p>" not in html


def test_inside_a_quotation_it_is_not_quoted_twice(told: Told):
    assert shown(told.cast, f"> [[{told.code}]]\n\nSo.").count("<blockquote") == 1
    assert shown(told.cast, f"> They said:\n>\n> [[{told.code}]]").count("<blockquote") == 2


def test_in_lists_it_is_either_and_in_headings_and_tables_it_is_in_the_sentence(told: Told):
    code, quote = f"[[{told.code}]]", f'<q dir="auto">{SAID}</q>'
    html = shown(told.cast, f"- {code}\n- So: {code}")
    assert re.search(r"<li>\s*<blockquote", html)
    assert f"So: {quote}" in html
    for text in (f"## {code}", f"| a | b |\n|---|---|\n| {code} | c |"):
        assert quote in shown(told.cast, text)
        assert "<blockquote" not in shown(told.cast, text)


def test_with_anything_else_on_its_line_it_is_in_the_sentence(told: Told):
    for text in ("[[{}]].", "**[[{}]]**", "**one\n[[{}]]\ntwo**", "[[{0}]] [[{0}]]"):
        html = shown(told.cast, text.format(told.code))
        assert "<q " in html
        assert "<blockquote" not in html


def test_code_and_addresses_never_show_it_and_no_link_stands_in_a_link(told: Told):
    code = f"[[{told.code}]]"
    for text in (f"`{code}`", f"```\n{code}\n```", f"[go]({code})", f'[go](/x "{code}")'):
        assert "last bus" not in shown(told.cast, text), text
    assert shown(told.cast, f"[see {code} there](/x)").count("<a ") == 1


def test_its_words_are_no_markdown_and_no_html(told: Told):
    said = '<script>alert("x")</script> **not bold** [link](javascript:1) [[F-7K3QD]] & `code`\n# no heading'
    passage = passage_of(told.cast, said)
    for text in ("So: [[{}]]!", "[[{}]]"):
        html = shown(told.cast, text.format(passage.node.code))
        inside = re.search(r"<(q|blockquote)[^>]*>(.*?)</\1>", html, re.DOTALL)
        assert inside
        assert inside[2].replace('"', "&quot;") == escape(said)


def test_a_passage_cannot_stand_for_the_number_of_a_note(told: Told):
    passage = passage_of(told.cast, "One \u2e4d\ue0000\ue001 two \u2e4d\ue0007\ue001.")
    cites = Cited(queries.cited(told.cast.pell, f"[[{passage.node.code}]]"), lambda node: True)
    html = marked(f"Here. So: [[{passage.node.code}]]\n\n[[{passage.node.code}]]", cites, lambda _: "<sup>n</sup>")
    assert html.count("<sup>n</sup>") == 3


def test_arabic_words_read_from_their_own_side(told: Told):
    passage = passage_of(told.cast, "آخر حافلة تغادر في السادسة.")
    html = shown(told.cast, f"They said: [[{passage.node.code}]]\n\n[[{passage.node.code}]]")
    assert html.count('dir="auto">آخر حافلة تغادر في السادسة.</') == 2


def test_lines_of_a_passage_stay_lines_in_a_quotation(told: Told):
    passage = passage_of(told.cast, "One line.\n\nAnother.")
    assert ">One line.\n\nAnother.</blockquote>" in shown(told.cast, f"[[{passage.node.code}]]")


def test_its_words_stand_once_and_not_in_the_link(told: Told):
    assert shown(told.cast, f"So: [[{told.code}]]").count("last bus") == 1


def test_other_items_and_texts_without_a_reader_show_codes(told: Told):
    finding = told.finding("So.")
    assert "<blockquote" not in shown(told.cast, f"[[{finding.node.code}]]")
    assert markdown(f"[[{told.code}]]") == f"<p><cite>{told.code}</cite></p>\n"
    assert Cites().block(told.code) == ""


def test_each_reader_is_shown_what_they_may_see(told: Told, client):
    keep(by=told.cast.lena, row=told.story)
    finding = told.finding(f"One said: [[{told.code}]]\n\n[[{told.code}]]")
    address = finding.node.get_absolute_url()
    assert f"{told.code} (not known)" in read(client.get(address))
    assert "last bus" not in read(client.get(address))
    problem = write_problem(by=told.cast.mo, of=told.cast.summer, title="Dark", text=f"So: [[{told.code}]]")
    for who, sees in ((None, False), (told.cast.kit, False), (told.cast.mo, True), (told.cast.cora, True)):
        client.logout()
        if who:
            client.force_login(who)
        page = read(client.get(problem.node.get_absolute_url()))
        assert (SAID in page) is sees, who
        assert (f"{told.code} (only its team sees it)" in page) is not sees


def test_what_was_passed_to_the_lead_is_shown_to_nobody_until_it_is_handed_back(told: Told, client):
    from tests.cast import joins, person

    bea = person("Bea")
    joins(bea, told.cast.pell, None, Role.SAFEGUARDING)
    finding = told.finding(f"One said: [[{told.code}]]")
    problem = write_problem(by=told.cast.mo, of=told.cast.summer, title="Dark", text=f"[[{told.code}]]")
    pass_on(by=told.cast.mo, node=told.story.node, why="A child is alone.")
    for who in (told.cast.mo, bea):
        client.force_login(who)
        for node in (finding.node, problem.node):
            assert "last bus" not in read(client.get(node.get_absolute_url()))
    hand_back(by=bea, concern=Concern.objects.get(), did="Spoke to the school.")
    client.force_login(told.cast.mo)
    assert SAID in read(client.get(problem.node.get_absolute_url()))


def tables_with(words: str) -> list[str]:
    """The tables in which some words stand."""
    return [
        model._meta.label
        for model in apps.get_models()
        if any(words in str(value) for row in model._base_manager.values_list() for value in row)
    ]


def everywhere(told: Told) -> list[str]:
    """The addresses of every kind of text that quotes the passage."""
    cast, quoting = told.cast, f"One said: [[{told.code}]]."
    finding = told.finding(quoting)
    problem = write_problem(by=cast.mo, of=cast.summer, title="Dark", text=quoting)
    write_version(by=cast.mo, row=problem, revision=1, title="Dark", text=f"[[{told.code}]]", why="Shorter")
    report = reports.begin_report(by=cast.cora, programme=cast.pell, title="The coast", summary=quoting)
    reports.add_section(by=cast.cora, report=report, title="Home", text=f"{quoting}\n\n[[{told.code}]]")
    reports.publish(by=cast.cora, report=report)
    below = problem.node.get_absolute_url()
    return [
        finding.node.get_absolute_url(),
        below,
        f"{below}version/1/",
        "/pell/report/",
        "/pell/report/draft/preview/",
    ]


def test_taking_a_story_back_takes_its_passage_out_of_every_text_at_once(told: Told, client):
    addresses = everywhere(told)
    client.force_login(told.cast.cora)
    for address in addresses:
        assert SAID in read(client.get(address)), address
    assert SAID in dump(told.cast.pell)
    withdraw_story(by=told.teller, row=told.story)
    for address in addresses:
        page = read(client.get(address))
        assert "last bus" not in page, address
        assert f"{told.code} (taken back on " in page, address
    assert not Mask.objects.exists()  # nothing is repeated anywhere, so nobody has to look again
    assert "last bus" not in dump(told.cast.pell)
    assert tables_with("last bus") == []
    edition = Edition.objects.get()
    assert edition.content_hash == reports.hash_of(edition.content)


def test_so_does_taking_back_the_passage_alone_and_ending_that_it_may_be_quoted(told: Told, client):
    addresses = everywhere(told)
    client.force_login(told.cast.cora)
    withdraw_excerpt(by=told.cast.mo, row=told.passage)
    for address in addresses:
        page = read(client.get(address))
        assert f"{told.code} (taken back on " in page, address
        assert not re.search("<(q|blockquote) ", page), address
    again = take_excerpt(by=told.cast.mo, of=told.story.node, start=0, end=len(SAID))
    finding = told.finding(f"[[{again.node.code}]]")
    assert SAID in read(client.get(finding.node.get_absolute_url()))
    change_allowed(by=told.teller, row=told.story, scopes=["analyse"])
    client.logout()
    assert "last bus" not in read(client.get(finding.node.get_absolute_url()))


def test_a_part_that_is_hidden_is_hidden_wherever_it_is_quoted(told: Told, client):
    addresses = everywhere(told)
    at = SAID.index("the last bus")
    assert SAID in read(client.get("/pell/report/"))
    hide(by=told.cast.mo, row=told.story, spans=[(at, at + len("the last bus"))], why="teller")
    client.force_login(told.cast.cora)
    for address in addresses:
        page = read(client.get(address))
        assert "last bus" not in page, address
        assert '<span class="weft-hidden">' in page, address


def test_what_quotes_by_code_is_not_found_by_the_words(told: Told):
    finding = told.finding(f"One said: [[{told.code}]].")
    body = SearchText.objects.get(node=finding.node).body
    assert told.code in body
    assert "last bus" not in body


def test_the_passages_of_a_text_cost_no_query_each(told: Told, client):
    codes = [passage_of(told.cast, f"Passage number {n} of many.").node.code for n in range(12)]
    finding = told.finding(f"[[{told.code}]]")
    cost = []
    for text in (f"[[{codes[0]}]]", "\n\n".join(f"So: [[{code}]]\n[[{code}]]" for code in codes)):
        finding.refresh_from_db()
        finding = edit_finding(by=told.cast.mo, row=finding, title="After six", text=text, revision=finding.revision)
        problem = write_problem(by=told.cast.mo, of=told.cast.summer, title="Dark", text=text)
        spent = []
        for node in (finding.node, problem.node):
            client.get(node.get_absolute_url())
            cache.clear()
            with CaptureQueriesContext(
                connection,
            ) as counted:
                assert "Passage number 0 of many." in read(client.get(node.get_absolute_url()))
            spent.append(len(counted))
        cost.append(spent)
    assert cost[0] == cost[1]
    assert max(cost[1]) <= 12


def test_the_form_and_the_page_of_a_passage_say_how_it_is_quoted(told: Told, client):
    client.force_login(told.cast.mo)
    finding = told.finding("So.")
    assert "shows its words" in read(client.get(f"{finding.node.get_absolute_url()}edit/"))
    assert f"<code>[[{told.code}]]</code>" in read(client.get(told.passage.node.get_absolute_url()))


def test_the_source_is_named_only_to_who_may_see_it(told: Told):
    passage = passage_of(told.cast, "Nobody waits there.")
    Source.objects.get().node.__class__.objects.filter(pk=passage.of_id).update(visibility="team")
    text = f"[[{passage.node.code}]]"
    html = markdown(text, Cited(queries.cited(told.cast.pell, text), lambda node: node.visibility == "public"))
    assert "Taken by Long Summer" in html
    assert "A note" not in html
