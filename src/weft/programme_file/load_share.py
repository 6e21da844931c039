"""Loading the report and its editions."""

from typing import Any

from django.db.models import QuerySet

from weft.core.errors import Refused
from weft.filing.lines import Path
from weft.filing.loading import when
from weft.filing.parts import shown
from weft.filing.writing import exchanged
from weft.programme_file import schema_share
from weft.programme_file.schema_share import Edition
from weft.programme_file.state import Loading
from weft.provenance.file import person
from weft.provenance.items import Origin
from weft.provenance.models import Node
from weft.provenance.sentences import sentences
from weft.share.reports.actions import add_section, begin_report, judge, publish, restore_edition
from weft.share.reports.models import Carried, Report
from weft.share.reports.models import Edition as Published
from weft.share.reports.queries import draft

FROZEN = ("number", "content_hash", "counts", "carried")


def report(load: Loading) -> None:
    """Write the draft, and the decisions about it."""
    one, before = load.file.report, len(load.faults)
    if one is None:
        return
    with load.at("report"):
        load.reports["draft"] = begin_report(by=None, programme=load.programme, title=one.title, summary=one.summary)
    for at, section in enumerate(one.sections):
        with load.at("report", "sections", at):
            add_section(by=None, report=load.reports["draft"], title=section.title, text=section.text)
    for at, judged in enumerate(one.judgements):
        with load.at("report", "judgements", at):
            judge(
                by=person(load, judged.by),
                report=load.reports["draft"],
                sentence=judged.sentence,
                verdict=judged.verdict,
                reason=judged.reason,
                made_at=when(judged.made_at, load.begun),
            )
    if any(edition.content is None for edition in one.editions):
        with load.at("report"):
            _check_sentences(load, one, load.reports["draft"])
    if len(load.faults) == before:
        load.reports["settled"] = load.reports["draft"]


def _check_sentences(load: Loading, one: schema_share.Report, whole: Report) -> None:
    """Tell of each sentence without evidence in its own line, unless what was decided about it is told already."""
    waiting = {one.sentence.hash: one for one in draft(whole).open}
    refused = {fault.path[:3] for fault in load.faults}
    decided = {
        " ".join(judged.sentence.split()): ("report", "judgements", at) for at, judged in enumerate(one.judgements)
    }
    for at, section in enumerate(one.sections):
        for sentence in sentences(section.text):
            found = waiting.pop(sentence.hash, None)
            if found is not None and decided.get(" ".join(sentence.text.split())) not in refused:
                why = "was said to have its evidence in the sentence before, which has none"
                why = why if found.is_misplaced else "has no evidence behind it"
                said = f"{shown(sentence.text)} {why}. Cite some, or decide about it in `judgements`."
                load.fault(("report", "sections", at, "text"), said, sentence.text)


def _asked(made: Published) -> QuerySet[Carried]:
    """The groups for which an answer was needed."""
    return made.carried.filter(is_warning=True).select_related("conversation").order_by("id")


def edition(load: Loading, one: Edition, path: Path) -> Node:
    """Publish an edition, or put one back as it was frozen."""
    whole = load.reports["settled"]
    facts: dict[str, Any] = {
        "by": person(load, one.by),
        "report": whole,
        "origin": Origin(code=one.code, at=when(one.made_at, load.begun)),
    }
    if one.content is None:
        frozen = [name for name in FROZEN if getattr(one, name) is not None]
        if frozen:
            raise Refused(f"{frozen[0]} stands only beside `content`, in a dump.", field=frozen[0])
        made = publish(**facts, answers=one.answers)
        asked = [f"{row.conversation.code}/{row.group}" for row in _asked(made)]
        for heading in one.answers:
            if heading not in asked:
                said = f"Asked for here: {', '.join(asked)}." if asked else "No answer is asked for here."
                raise load.faulty((*path, "answers", heading), f"nothing asks why few of {heading} are carried. {said}")
        return made.node
    if one.answers:
        raise Refused("an edition with its content has its answers in `carried`.", field="answers")
    missing = [name for name in FROZEN if getattr(one, name) is None]
    if missing:
        raise Refused(f"an edition with its content has {', '.join(missing)} too.")
    keys = {code: str(row.pk) for code, row in load.conversations.items()}
    carried = [{**row, "conversation": load.conversations[row["conversation"]]} for row in one.carried or []]
    kept = restore_edition(
        **facts,
        number=one.number or 0,
        content=one.content,
        content_hash=one.content_hash or "",
        counts=exchanged(one.counts, keys),
        carried=carried,
    )
    return kept.node
