"""Writing a report together, deciding about what has no evidence, and publishing editions that stay as they were."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from weft.core.errors import Refused
from weft.core.keys import saved_with
from weft.core.revisions import check_revision, facts_of
from weft.core.text import plain
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit
from weft.people.programmes.models import Programme
from weft.provenance.actions import cite, record
from weft.provenance.items import HERE, Origin
from weft.provenance.sentences import sentences
from weft.share.reports import analysis, queries
from weft.share.reports.models import Carried, Edition, Judgement, Report, Section, Verdict
from weft.share.reports.queries import Draft, Ground


@transaction.atomic
def begin_report(*, by: Actor, programme: Programme, title: str, summary: str = "") -> Report:
    """Begin the report of a programme. There is one; begun twice, it is the first."""
    report, is_new = Report.objects.get_or_create(programme=programme, defaults={"title": title, "summary": summary})
    if is_new:
        audit(by=by, did="began report", on=report, programme=programme)
    return report


@transaction.atomic
def edit_report(*, by: Actor, report: Report, title: str, summary: str, revision: int) -> Report:
    """Save the title and what the report says in short, unless somebody else saved first."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    sent = {"title": title, "summary": summary}
    check_revision(revision, report.revision, facts_of(report, sent), sent)
    report.title, report.summary, report.revision = title, summary, report.revision + 1
    report.save(update_fields=["title", "summary", "revision"])
    audit(by=by, did="edited report", on=report, programme=report.programme)
    return report


@transaction.atomic
def add_section(*, by: Actor, report: Report, title: str, text: str = "", key: UUID | None = None) -> Section:
    """Add a section at the end of the draft. The same key twice is one section."""
    if earlier := saved_with(key, report.sections.all()):
        return earlier
    last = report.sections.aggregate(last=Max("number"))["last"] or 0
    section = Section.objects.create(report=report, number=last + 1, title=title, text=text, key=key or uuid4())
    audit(by=by, did="added section", on=section, programme=report.programme)
    return section


@transaction.atomic
def edit_section(*, by: Actor, section: Section, title: str, text: str, revision: int) -> Section:
    """Save a section, unless somebody else saved it first."""
    section = Section.objects.select_for_update(of=("self",)).select_related("report__programme").get(pk=section.pk)
    sent = {"title": title, "text": text}
    check_revision(revision, section.revision, facts_of(section, sent), sent)
    section.title, section.text, section.revision = title, text, section.revision + 1
    section.save(update_fields=["title", "text", "revision"])
    audit(by=by, did="edited section", on=section, programme=section.report.programme)
    return section


@transaction.atomic
def move_section(*, by: Actor, section: Section, up: bool) -> None:
    """Let a section change places with its neighbour."""
    ordered = list(Section.objects.select_for_update().filter(report=section.report))
    here = next(at for at, one in enumerate(ordered) if one.pk == section.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(ordered):
        return
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for number, one in enumerate(ordered, 1):
        if one.number != number:
            one.number = number
            one.save(update_fields=["number"])
    audit(by=by, did="moved section", on=section, programme=section.report.programme)


@transaction.atomic
def remove_section(*, by: Actor, section: Section) -> None:
    """Take a section out of the draft. Editions that hold it stay as they are."""
    audit(by=by, did="removed section", on=section, programme=section.report.programme)
    section.delete()


@transaction.atomic
def judge(
    *,
    by: Actor,
    report: Report,
    sentence: str,
    verdict: str,
    reason: str,
    made_at: datetime | None = None,
    revision: int | None = None,
) -> Judgement:
    """Decide about a sentence of the draft that has no evidence of its own.

    A later decision replaces an earlier, unless that came after the page was opened; `revision` 0 is none as yet.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("programme").get(pk=report.pk)
    found = next(
        (one for section in report.sections.all() for one in sentences(section.text) if _same(one, sentence)), None
    )
    if found is None:
        raise Refused("That sentence is not in the draft any more. Look at the list again.")
    if found.codes:
        raise Refused("That sentence cites its evidence, so there is nothing to decide.")
    if verdict not in Verdict.values:
        raise Refused("Say whether it stays as the editors’ own view, or rests on the sentence before.")
    if not reason.strip():
        raise Refused("Say in a few words why. Readers will see it.")
    earlier = Judgement.objects.filter(report=report, sentence_hash=found.hash).first()
    now = earlier.revision if earlier else 0
    if earlier is not None:
        sent = {"verdict": verdict, "reason": reason.strip()[:400]}
        check_revision(revision, now, facts_of(earlier, sent), sent)
    judgement, _ = Judgement.objects.update_or_create(
        report=report,
        sentence_hash=found.hash,
        defaults={
            "sentence": found.text[:2000],
            "verdict": verdict,
            "reason": reason.strip()[:400],
            "made_by": by if isinstance(by, User) else None,
            "made_at": made_at or timezone.now(),
            "revision": now + 1,
        },
    )
    audit(by=by, did="decided about sentence", on=judgement, programme=report.programme, verdict=verdict)
    return judgement


def _same(one: Any, sentence: str) -> bool:
    """Whether this sentence is meant, by its words or by its hash."""
    return sentence in {one.hash, one.text} or " ".join(sentence.split()) == " ".join(one.text.split())


@transaction.atomic
def publish(
    *,
    by: Actor,
    report: Report,
    answers: Mapping[str, str] | None = None,
    number: int | None = None,
    origin: Origin = HERE,
) -> Edition:
    """Freeze the draft as an edition. `answers` says, for each warning by its key, why fewer of a group are carried.

    `number` is that of the edition that was to come out when the page was opened: sent twice it is one edition.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("programme").get(pk=report.pk)
    if number and (earlier := report.editions.filter(number=number).select_related("node").first()):
        return earlier
    draft = queries.draft(report)
    _check(draft)
    ground = queries.ground(draft.cited.values())
    reach = analysis.carried(report.programme, ground.items)
    said = {key: words.strip() for key, words in (answers or {}).items() if words.strip()}
    for row in reach.warnings:
        if row.key not in said:
            raise Refused(f"Say why fewer of {row.group} in “{row.conversation}” are carried than of the others.")
    content = content_of(draft)
    number = queries.next_number(report)
    node = record(
        by=by,
        kind="edition",
        programme=report.programme,
        title=f"Edition {number} of {report.title}",
        text="\n".join([report.summary, *(f"{s.title}\n{plain(s.text)}" for s in draft.sections)]),
        code=origin.code,
        made_at=origin.at,
    )
    cite(by=by, node=node, texts=[report.summary, *(section.text for section in draft.sections)])
    edition = Edition.objects.create(
        node=node,
        report=report,
        number=number,
        content=content,
        content_hash=hash_of(content),
        counts=_frozen(ground, reach),
        published_at=node.made_at,
        published_by=by if isinstance(by, User) else None,
    )
    _keep(edition, reach, said)
    audit(by=by, did="published edition", on=node, number=number)
    return edition


def _check(draft: Draft) -> None:
    """Refuse what may not be published, in one sentence."""
    if draft.faults:
        raise Refused(draft.faults[0])
    if draft.open:
        waiting, first = len(draft.open), draft.open[0]
        which = f"in “{first.section}”: “{first.sentence.text}”"
        raise Refused(
            f"One sentence has no evidence behind it, {which} Decide about it first."
            if waiting == 1
            else f"{waiting} sentences have no evidence behind them, the first {which} Decide about each first."
        )


def content_of(draft: Draft) -> dict[str, Any]:
    """What an edition freezes. A sentence stands as its hash, so that a withdrawal has one text to clean, not two."""
    report, judged = draft.report, iter(draft.judged)
    return {
        "title": report.title,
        "summary": report.summary,
        "sections": [
            {
                "title": section.title,
                "text": section.text,
                "sentences": [
                    {
                        "hash": one.sentence.hash,
                        "codes": list(one.sentence.codes),
                        "verdict": one.verdict,
                        "reason": one.reason,
                    }
                    for one in (next(judged) for _ in sentences(section.text))
                ],
            }
            for section in draft.sections
        ],
    }


def hash_of(content: Any) -> str:
    """SHA-256 over the content as canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _frozen(ground: Ground, reach: analysis.Reach) -> dict[str, Any]:
    left_out = {one.conversation.code: {"told_why": one.told_why, "not_yet": one.not_yet} for one in reach.left_out}
    return {**ground.frozen(), "left_out": left_out, "as_before": list(reach.as_before)}


def _keep(edition: Edition, reach: analysis.Reach, said: Mapping[str, str]) -> None:
    """Store who is carried, with the answers to the warnings."""
    Carried.objects.bulk_create(
        Carried(
            edition=edition,
            conversation=row.conversation,
            group=row.group,
            people=row.people,
            carried=row.carried,
            expected=row.expected,
            low=row.low,
            high=row.high,
            is_warning=row.is_warning,
            answer=said.get(row.key, "")[:2000] if row.is_warning else "",
        )
        for row in reach.rows
    )


@transaction.atomic
def restore_edition(
    *,
    by: Actor,
    report: Report,
    number: int,
    content: dict[str, Any],
    content_hash: str,
    counts: dict[str, Any],
    carried: Iterable[Mapping[str, Any]] = (),
    origin: Origin = HERE,
) -> Edition:
    """Put an edition back from a file as it was frozen and redacted since. `carried` holds the columns of its rows."""
    texts = [content["summary"], *(section["text"] for section in content["sections"])]
    titles = [section["title"] for section in content["sections"]]
    node = record(
        by=by,
        kind="edition",
        programme=report.programme,
        title=f"Edition {number} of {content['title']}",
        text="\n".join(plain(text) for text in [*texts, *titles]),
        code=origin.code,
        made_at=origin.at,
    )
    cite(by=by, node=node, texts=texts)
    edition = Edition.objects.create(
        node=node,
        report=report,
        number=number,
        content=content,
        content_hash=content_hash,
        counts=counts,
        published_at=node.made_at,
        published_by=by if isinstance(by, User) else None,
    )
    Carried.objects.bulk_create(Carried(edition=edition, **row) for row in carried)
    audit(by=by, did="restored edition", on=node, number=number)
    return edition
