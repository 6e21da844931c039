"""Items of the whole programme in the file: they name no team, and a passage from one may name the team it is about."""

import pytest

from tests.programme_file.files import changed, dumped_from_empty, faults_of, line_of, loaded

pytestmark = pytest.mark.django_db

ITEMS = """items:
  - {kind: source, code: S-7777, title: National fares, type: paper, text: Fares rise. More so in the north., by: ida}
  - {kind: excerpt, code: Q-7777, of: S-7777, quote: Fares rise.}
  - {kind: excerpt, code: Q-8888, of: S-7777, team: summer, quote: More so in the north.}
  - {kind: excerpt, code: Q-9999, of: S-7777, team: company, quote: More so in the north.}
  - {kind: gap, code: G-7777, title: Who came to nothing at all?, closed: {by: R-7777, how: We asked.}}
  - {kind: reflection, code: R-7777, title: Slower, on: 2026-09-01, outcome: differently, learned: Slower is better.}
"""
ASKED = """conversations:
  - code: hall123
    prompt: What should all of us know?
    statements: [{code: T-7B7B, text: The bus costs too much.}]
    participants: [{number: 1, consent: [analyse, quote], votes: "+"}]
    stories: [{code: Y-7B7B, participant: 1, text: We walked home in the dark.}]
"""
TEXT = changed("items:\n", ITEMS).replace("conversations:\n", ASKED)


def test_they_are_loaded_without_a_team() -> None:
    nodes = {node.code: node.team and node.team.slug for node in loaded(TEXT).nodes.select_related("team")}
    assert {nodes[code] for code in ("S-7777", "Q-7777", "G-7777", "R-7777", "T-7B7B", "Y-7B7B")} == {None}
    assert (nodes["Q-8888"], nodes["Q-9999"]) == ("summer", "company")


def test_they_come_out_of_it_as_they_went_in() -> None:
    text = dumped_from_empty(TEXT)
    assert dumped_from_empty(text) == text
    assert "team: company," in text[text.index("code: Q-9999") :].partition("  - ")[0]
    for code in ("S-7777", "Q-7777", "G-7777", "R-7777"):
        assert "team:" not in text[text.index(f"code: {code}") :].partition("\n  - ")[0]


def test_what_belongs_to_a_team_has_to_name_it() -> None:
    text = changed("{kind: gap, code: G-3333, team: summer,", "{kind: finding, code: F-7777,")
    (said,) = faults_of(text)
    assert said.startswith(f"pell.yaml, line {line_of('code: F-7777', text)}, ")
    assert said.endswith("the finding F-7777 belongs to a team: say in `team` which.")


def test_a_passage_of_a_teams_source_is_of_that_team() -> None:
    text = changed("code: Q-4444, of: S-2222", "code: Q-4444, team: company, of: S-2222")
    (said,) = faults_of(text)
    assert said.startswith(f"pell.yaml, line {line_of('code: Q-4444', text)}, ")
    assert said.endswith("found company; summer was expected, as it follows from the rest.")
