"""Loading the report and its editions."""

from typing import Any

from weft.programme_file.lines import Path
from weft.programme_file.load_items import exchanged
from weft.programme_file.schema_share import Edition
from weft.programme_file.state import Loading, when
from weft.provenance.models import Node
from weft.share.reports.actions import add_section, begin_report, judge, publish, restore_edition
from weft.share.reports.models import Report


def report(load: Loading) -> None:
    """Write the draft, and the decisions about it."""
    one = load.file.report
    if one is None:
        return
    made = begin_report(by=None, programme=load.programme, title=one.title, summary=one.summary)
    for at, section in enumerate(one.sections):
        with load.at("report", "sections", at):
            add_section(by=None, report=made, title=section.title, text=section.text)
    for at, judged in enumerate(one.judgements):
        with load.at("report", "judgements", at):
            judge(
                by=load.person(judged.by),
                report=made,
                sentence=judged.sentence,
                verdict=judged.verdict,
                reason=judged.reason,
                made_at=when(judged.made_at, load.begun),
            )


def edition(load: Loading, one: Edition, path: Path) -> Node:
    """Publish an edition, or put one back as it was frozen."""
    whole = Report.objects.select_related("programme").get(programme=load.programme)
    facts: dict[str, Any] = {
        "by": load.person(one.by),
        "report": whole,
        "code": one.code,
        "made_at": when(one.made_at, load.begun),
    }
    if one.content is None:
        return publish(**facts, answers=one.answers).node
    missing = [name for name in ("number", "content_hash", "counts", "carried") if getattr(one, name) is None]
    if missing:
        raise load.faulty(path, f"an edition with its content has {', '.join(missing)} too.")
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
