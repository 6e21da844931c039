"""What stands in the file of the demonstration, before it is loaded."""

from datetime import date
from typing import Any

import yaml

from weft.programme_file import demo
from weft.provenance.sentences import sentences

FILE: dict[str, Any] = yaml.load(demo.FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
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
