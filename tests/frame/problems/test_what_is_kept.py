"""What is kept of writing the problem down, of each version, and of publishing and taking it back."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.trail import trail
from weft.core.errors import Changed, Refused
from weft.frame.problems import actions
from weft.frame.problems.actions import Written
from weft.frame.problems.models import ProblemStatement, Version
from weft.listen.conversations.models import Participant
from weft.people.audit.models import Entry
from weft.provenance.items import Origin, Ties
from weft.provenance.models import Link, Node, SearchText
from weft.provenance.queries import Tied
from weft.sense.findings.actions import edit_finding, make_finding

pytestmark = pytest.mark.django_db
EARLIER, LATER = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 5, 12, tzinfo=UTC)
WORDS = "Families who work still go without in August."


def write(cast: Cast, **more) -> ProblemStatement:
    return actions.write_problem(**{"by": cast.mo, "of": cast.summer, "title": "August", "text": WORDS, **more})


def finding(cast: Cast, title: str = "The fare") -> Node:
    return make_finding(by=cast.mo, of=cast.summer, title=title).node


def ties(problem: ProblemStatement) -> set[tuple[str, str, bool, str]]:
    """What a statement rests on, in which way, whether only its text says so, and who tied it."""
    links = Link.objects.filter(target=problem.node, withdrawn_at=None)
    return set(links.values_list("source__code", "relation", "is_citation", "made_by__name"))


def found_by(problem: ProblemStatement) -> list[str]:
    return SearchText.objects.get(node=problem.node).body.split("\n")


def versions(problem: ProblemStatement) -> list[tuple]:
    rows = Version.objects.filter(problem=problem).order_by("number")
    return list(rows.values_list("number", "title", "text", "disagreement", "why", "made_by__name", "made_at"))


def test_each_act_is_in_the_trail(cast: Cast):
    before = Entry.objects.count()
    problem = write(cast, visibility="team")
    actions.write_version(by=cast.lena, row=problem, revision=1, title="July", text=WORDS)
    actions.publish(by=cast.lena, row=problem)
    actions.withdraw_problem(by=cast.lena, row=problem)
    here = (problem.node.code, "pell", "summer")
    assert trail(before) == [
        ("Mo", "wrote problem statement", *here, {}),
        ("Lena", "wrote version", *here, {"version": 2}),
        ("Lena", "published problem statement", *here, {}),
        ("Lena", "withdrew problem statement", *here, {}),
    ]


def test_a_statement_keeps_what_is_said_of_it(cast: Cast):
    key, ground, fare, lunch = uuid4(), finding(cast), finding(cast), finding(cast)
    problem = write(
        cast,
        title=" August ",
        text=f"It is the fare [[{fare.code}]].",
        disagreement=f"Or lunch [[{lunch.code}]].",
        sources=[(ground, "supports")],
        layer="community",
        knowledge_kind="lived",
        visibility="team",
        origin=Origin(code="P-22222", at=EARLIER, key=key),
    )
    problem.refresh_from_db()
    node = problem.node
    assert (node.code, node.kind, node.made_at, problem.key) == ("P-22222", "problem", EARLIER, key)
    assert (node.programme, node.team, node.made_by, node.title) == (cast.pell, cast.summer, cast.mo, "August")
    assert (node.layer, node.knowledge_kind, node.visibility) == ("community", "lived", "team")
    assert problem.published_at is None
    assert ties(problem) == {
        (ground.code, "supports", False, "Mo"),
        (fare.code, "informs", True, "Mo"),
        (lunch.code, "informs", True, "Mo"),
    }
    said = (f"It is the fare [[{fare.code}]].", f"Or lunch [[{lunch.code}]].")
    assert found_by(problem) == ["P-22222", "August", *said]
    assert versions(problem) == [(1, "August", *said, "", "Mo", EARLIER)]


def test_without_more_it_is_public_from_the_day_on_which_it_is_written(cast: Cast):
    problem, other = write(cast, title="a" * 301), write(cast)
    node = problem.node
    assert (node.layer, node.knowledge_kind, node.visibility) == ("", "", "public")
    assert problem.published_at == node.made_at > LATER
    assert versions(problem) == [(1, "a" * 300, WORDS, "", "", "Mo", node.made_at)]
    assert problem.key != other.key


def test_what_comes_from_elsewhere_brings_its_versions_and_rests_on_what_the_last_one_cites(cast: Cast):
    fare, lunch = finding(cast), finding(cast)
    later = [
        Written("July", f"[[{lunch.code}]]", "", "Lunch.", cast.lena, EARLIER),
        Written("June", f"[[{lunch.code}]]", "", "", None, LATER),
    ]
    first = f"[[{fare.code}]]"
    problem = write(cast, text=first, later=later, origin=Origin(at=EARLIER))
    assert versions(problem) == [
        (1, "August", first, "", "", "Mo", EARLIER),
        (2, "July", f"[[{lunch.code}]]", "", "Lunch.", "Lena", EARLIER),
        (3, "June", f"[[{lunch.code}]]", "", "", None, LATER),
    ]
    assert problem.node.title == "June"
    assert found_by(problem)[1:] == ["June", f"[[{lunch.code}]]"]
    assert {code for code, *_ in ties(problem)} == {lunch.code}


def test_of_the_versions_from_elsewhere_none_says_the_same_as_the_one_before(cast: Cast):
    same = Written("August", WORDS, "", "Another reason.", cast.lena, LATER)
    with pytest.raises(Refused, match="Nothing is different"):
        write(cast, later=[same])
    for other in (same._replace(title="July"), same._replace(text="-"), same._replace(disagreement="-")):
        write(cast, later=[other])


def test_who_has_no_account_is_not_named(cast: Cast):
    problem = write(cast, by=Participant())
    actions.write_version(by=Participant(), row=problem, revision=1, title="July", text=WORDS)
    assert [version[5] for version in versions(problem)] == [None, None]


def test_a_new_version_changes_what_the_statement_says_and_not_the_ones_before(cast: Cast):
    ground, fare, lunch = finding(cast), finding(cast), finding(cast)
    problem, other = write(cast, origin=Origin(at=EARLIER)), write(cast)
    actions.write_version(
        by=cast.lena,
        row=problem,
        revision=1,
        title="July",
        text=f"[[{fare.code}]]",
        disagreement=f"[[{lunch.code}]]",
        why="We heard more.",
        ties=Ties(ticked=(ground,)),
        made_at=LATER,
    )
    said = (f"[[{fare.code}]]", f"[[{lunch.code}]]")
    assert versions(problem) == [
        (1, "August", WORDS, "", "", "Mo", EARLIER),
        (2, "July", *said, "We heard more.", "Lena", LATER),
    ]
    problem.node.refresh_from_db()
    assert problem.node.title == "July"
    assert found_by(problem)[1:] == ["July", *said]
    assert ties(problem) == {
        (ground.code, "informs", False, "Lena"),
        (fare.code, "informs", True, "Lena"),
        (lunch.code, "informs", True, "Lena"),
    }
    assert len(versions(other)) == 1
    actions.write_version(by=cast.lena, row=problem, revision=2, title="July", text="-")
    assert versions(problem)[2][1:6] == ("July", "-", "", "", "Lena")
    assert versions(problem)[2][6] > LATER


def test_ties_alone_make_no_version(cast: Cast):
    ground = finding(cast)
    problem = write(cast)
    facts = {"by": cast.lena, "row": problem, "revision": 1, "title": "August", "text": WORDS}
    kept = actions.write_version(**facts, ties=Ties(ticked=(ground,)))
    assert kept.number == len(versions(problem)) == 1
    assert ties(problem) == {(ground.code, "informs", False, "Lena")}
    with pytest.raises(Refused, match="Nothing is different"):
        actions.write_version(**facts)


@pytest.mark.parametrize("column", ["text", "disagreement"])
def test_what_a_text_cites_stays_tied_when_ties_alone_change(cast: Cast, column: str):
    ground = finding(cast)
    said = {"text": WORDS, "disagreement": "", column: f"[[{ground.code}]]"}
    problem = write(cast, **said)
    gone = Ties(before=frozenset({ground.pk}), tied=Tied({ground: ["informs"]}))
    facts = {"by": cast.lena, "row": problem, "revision": 1, "ties": gone}
    with pytest.raises(Refused, match="so it stays ticked"):
        actions.write_version(**facts, title="August", **said)
    with pytest.raises(Refused, match="so it stays ticked"):
        actions.write_version(**facts, title="July", **said)
    assert len(versions(problem)) == 1


def test_the_second_of_two_is_shown_what_both_wrote_and_who_was_first(cast: Cast):
    problem = write(cast)
    actions.write_version(by=cast.lena, row=problem, revision=1, title="July", text="Hers.", disagreement="Fares.")
    with pytest.raises(Changed) as caught:
        actions.write_version(by=cast.mo, row=problem, revision=1, title="June", text="Mine.", disagreement="Lunch.")
    assert caught.value.saved == "July\n\nHers.\n\nStill disputed:\nFares."
    assert caught.value.sent == "June\n\nMine.\n\nStill disputed:\nLunch."
    assert (caught.value.revision, caught.value.saved_by) == (2, "Lena")
    actions.write_version(by=None, row=problem, revision=2, title="May", text="Nobody’s.")
    with pytest.raises(Changed) as caught:
        actions.write_version(by=cast.mo, row=problem, revision=2, title="June", text="Mine.")
    assert (caught.value.saved, caught.value.saved_by) == ("May\n\nNobody’s.", "")


def test_publishing_saves_nothing_else_and_keeps_its_day(cast: Cast):
    problem = write(cast, visibility="team")
    other = write(cast, visibility="team")
    Node.objects.filter(pk=problem.pk).update(layer="community")
    assert actions.publish(by=cast.lena, row=problem, at=EARLIER).published_at == EARLIER
    problem.refresh_from_db()
    problem.node.refresh_from_db()
    assert (problem.published_at, problem.node.visibility, problem.node.layer) == (EARLIER, "public", "community")
    other.refresh_from_db()
    assert (other.published_at, other.node.visibility) == (None, "team")


def test_what_it_repeats_of_what_it_rests_on_stays_there(cast: Cast):
    ground = make_finding(by=cast.mo, of=cast.summer, title="The fare", text=WORDS)
    problem = write(cast, text=f"They say: {WORDS}", sources=[ground.node])
    edit_finding(by=cast.mo, row=ground, revision=1, title="Fares", text=WORDS)
    actions.withdraw_problem(by=cast.mo, row=problem)
    ground.refresh_from_db()
    assert ground.text == WORDS


def test_a_statement_is_taken_back_on_its_day_with_the_words_of_all_its_versions(cast: Cast):
    problem = write(cast, disagreement="Officers say that lunch matters most of all here.")
    said = {
        "title": "Lunch or the fare, that is what they ask",
        "text": "Nobody knows yet what it really was that day.",
        "why": "The officers came and told us otherwise on Friday.",
    }
    actions.write_version(by=cast.lena, row=problem, revision=1, **said)
    words = [WORDS, "Officers say that lunch matters most of all here.", *said.values()]
    repeats = [
        make_finding(by=cast.mo, of=cast.summer, title=f"F{n}", text=one, evidence=[(problem.node, "supports")])
        for n, one in enumerate(words)
    ]
    fallen = actions.withdraw_problem(by=cast.lena, row=problem, at=EARLIER)
    assert [one.pk for one in fallen] == [problem.pk]
    problem.node.refresh_from_db()
    assert (problem.node.withdrawn_at, problem.node.title) == (EARLIER, "")
    assert {row[1:5] for row in versions(problem)} == {("", "", "", "")}
    for one in repeats:
        one.refresh_from_db()
        assert re.fullmatch(r"\(words taken back on 1 March 2026; mark \w{5}\)\.?", one.text)
