"""What the demonstration promises: it loads, and each cited sentence is two steps from a voice or a source."""

from datetime import date
from typing import Any

import pytest
import yaml

from weft.act.manifestos.models import Ask
from weft.core.sentences import sentences
from weft.core.text import citations
from weft.listen.conversations.models import Participant, Vote
from weft.listen.receipts.models import Receipt
from weft.programme_file import demo
from weft.provenance.models import Link, Node
from weft.provenance.registry import NOUNS
from weft.sense.findings.models import Gap
from weft.sense.maps.models import OpinionMap
from weft.share.reports import queries
from weft.share.reports.models import Edition, Report

FILE: dict[str, Any] = yaml.safe_load(demo.FILE.read_text("utf-8"))
MAY_BE_TO_COME = {"ends_on", "answer_by", "by_on", "starts_on", "starts_at"}


def _dates(part: Any, key: str = "") -> list[tuple[str, str]]:
    """Every date of the file with the key that it stands at."""
    if isinstance(part, dict):
        return [found for name, value in part.items() for found in _dates(value, name)]
    if isinstance(part, list):
        return [found for value in part for found in _dates(value, key)]
    return [(key, str(part))] if isinstance(part, date) or str(part).startswith("2026-") else []


def test_nothing_in_the_file_has_happened_in_the_future() -> None:
    """The demonstration was written on 24 November 2026."""
    late = [(key, on) for key, on in _dates(FILE) if key not in MAY_BE_TO_COME and on[:10] > "2026-11-24"]
    assert late == []


def test_every_sentence_of_the_report_cites_or_was_decided_about() -> None:
    """Two sentences stand without evidence, each with the editors' reason."""
    text = [sentence for section in FILE["report"]["sections"] for sentence in sentences(section["text"])]
    bare = [sentence.text for sentence in text if not sentence.codes]
    assert len(text) > 30
    assert sorted(bare) == sorted(one["sentence"] for one in FILE["report"]["judgements"])


@pytest.mark.django_db
def test_the_demonstration_holds_what_it_shows() -> None:
    """One load, and everything that a visitor is promised."""
    programme = demo.fill()
    assert programme.is_demo
    assert Participant.objects.count() > 250
    assert Vote.objects.count() > 3500
    assert Receipt.objects.count() >= 6
    assert sorted(OpinionMap.objects.values_list("verdict", flat=True)) == ["clear", "none", "tentative"]
    assert sorted(gap.is_open for gap in Gap.objects.all()) == [False, True, True]
    assert set(Ask.objects.values_list("state", flat=True)) == {"asked", "acknowledged", "yes", "partly", "no"}
    edition = Edition.objects.get()
    assert queries.withdrawn_since(edition) == 1
    assert sorted(Node.objects.exclude(withdrawn_at=None).values_list("code", flat=True)) == ["Q-4NTNR", "Y-4NTNR"]
    _check_steps(Report.objects.get())


def _check_steps(report: Report) -> None:
    """From each sentence at most two taps: what it cites is a voice or a source, or comes straight from one."""
    leaves = {key for key, kind in NOUNS.items() if kind.is_leaf}
    near = set(Node.objects.filter(kind__in=leaves).values_list("code", flat=True))
    near |= set(Link.objects.filter(source__kind__in=leaves, withdrawn_at=None).values_list("target__code", flat=True))
    for section in report.sections.all():
        for sentence in sentences(section.text):
            cited = citations(sentence.text)
            assert not cited or near.intersection(cited), sentence.text
