"""Loading the report and its editions."""

from typing import Any

from django.db.models import QuerySet

from weft.filing.lines import Path
from weft.programme_file.load_items import exchanged
from weft.programme_file.schema_share import Edition
from weft.programme_file.state import Loading, when
from weft.provenance.models import Node
from weft.share.reports.actions import add_section, begin_report, judge, publish, restore_edition
from weft.share.reports.models import Carried, Report
from weft.share.reports.models import Edition as Published

FROZEN = ("number", "content_hash", "counts", "carried")


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


def _asked(made: Published) -> QuerySet[Carried]:
    """The groups for which an answer was needed."""
    return made.carried.filter(is_warning=True).select_related("conversation").order_by("id")


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
        frozen = [name for name in FROZEN if getattr(one, name) is not None]
        if frozen:
            raise load.faulty((*path, frozen[0]), f"{frozen[0]} stands only beside `content`, in a dump.")
        made = publish(**facts, answers=one.answers)
        asked = [f"{row.conversation.code}/{row.group}" for row in _asked(made)]
        for heading in one.answers:
            if heading not in asked:
                said = f"Asked for here: {', '.join(asked)}." if asked else "No answer is asked for here."
                raise load.faulty((*path, "answers", heading), f"nothing asks why few of {heading} are carried. {said}")
        return made.node
    if one.answers:
        raise load.faulty((*path, "answers"), "an edition with its content has its answers in `carried`.")
    missing = [name for name in FROZEN if getattr(one, name) is None]
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
