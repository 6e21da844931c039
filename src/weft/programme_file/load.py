"""Loading a file: all of it or nothing, through the same actions as the pages."""

from collections.abc import Callable, Iterator
from pathlib import Path as File
from typing import Any

from django.db import transaction

from weft.core.errors import Refused
from weft.core.text import citations
from weft.filing.lines import Document, Path, read
from weft.filing.loading import Missing, Progress, letting_go_seldom, quietly, when
from weft.filing.steps import Step, codes_in, ordered
from weft.people.programmes.models import Programme
from weft.programme_file import load_back, load_grants, load_listen, load_people, load_share, schema
from weft.programme_file.checks import check
from weft.programme_file.schema import fitted
from weft.programme_file.state import Loading
from weft.provenance.actions import describe
from weft.provenance.batch import batch
from weft.provenance.file import every


@letting_go_seldom()
def load_file(file: File, progress: Progress = quietly) -> Programme:
    """Load a file. Raises `Faulty`, and writes nothing, if anything is wrong with it."""
    return load(read(file), progress)


@letting_go_seldom()
def load(document: Document, progress: Progress = quietly) -> Programme:
    """Load what was read from a file. It is let go on the way, so it can be loaded once."""
    file = fitted(document)
    faults = check(document, file)
    with transaction.atomic():
        with batch() as together:
            loading = Loading(document, file, load_people.begun(file), together)
            loading.total, loading.progress = _count(file), progress
            loading.faults += faults
            _write(loading, {fault.path[:2] for fault in faults})
            together.waiting.write()
            if together.waiting.clashes:
                loading.finish(together.waiting.clashes.values())
        load_back.bury(loading)
        load_back.withdrawals(loading)
        loading.finish()
    return loading.programme


def _count(file: schema.File) -> int:
    """How many things will be written, to show how far loading has come."""
    asked = (len(one.participants) + len(one.statements) + len(one.stories) for one in file.conversations)
    return sum(asked) + len(file.items)


def _write(load: Loading, wrong: set[Path]) -> None:
    """Write everything but what is known to be wrong and what needs it."""
    load_people.load_people(load)
    said = load_listen.codes_said(load.file)
    load_listen.load_conversations(load)
    load_share.report(load)
    steps: list[Step | None] = [*_steps(load, said)]
    load.file.items.clear()
    for step in ordered(steps, said, load.fault):
        with load.at(*step.path):
            if step.path in wrong:
                raise Missing
            for code in step.needs:
                _ = load.nodes[code]  # what was refused is not there, and neither is this then
            step.do(load)
        if step.gives and step.path[0] == "items":
            load.tick()
    load_grants.grants(load)
    load_listen.close(load)


def _steps(load: Loading, said: set[str]) -> Iterator[Step]:
    """Everything on the thread that comes after what was said: items and what follows them, tombstones, editions."""
    for at, item in enumerate(load.file.items):
        path: Path = ("items", at)
        filed = every()[item.kind]
        needs = {*codes_in(filed.needed(item))} - {item.code}
        yield Step(when(item.made_at, load.begun), path, _item(item, path), item.code, needs)
        yield from filed.later(load, item, path)
    for at, one in enumerate(load.file.tombstones):
        if one.code not in said:
            path, needs = ("tombstones", at), {*codes_in(one)} - {one.code}
            yield Step(when(one.made_at, load.begun), path, _tombstone(one, path), one.code, needs)
    report = load.file.report
    before: set[str] = set()
    for at, edition in enumerate(report.editions if report else []):
        path = ("report", "editions", at)
        needs = {*codes_in(report), *before} if edition.content is None else {*_cited_in(edition.content), *before}
        yield Step(when(edition.made_at, load.begun), path, _edition(edition, path), edition.code, needs)
        before = {edition.code}


def _item(item: Any, path: Path) -> Callable[[Loading], None]:
    def do(load: Loading) -> None:
        node = every()[item.kind].load(load, item, path)
        if item.team and node.team != load.teams[item.team]:
            belongs = node.team.slug if node.team else "none"
            raise Refused(f"found {item.team}; {belongs} was expected, as it follows from the rest.", field="team")
        describe(node=node, layer=item.layer, knowledge_kind=item.knowledge_kind, visibility=item.visibility)
        load.nodes[item.code] = node

    return do


def _tombstone(one: Any, path: Path) -> Callable[[Loading], None]:
    def do(load: Loading) -> None:
        node = load.nodes[one.code] = load_back.tombstone(load, one)
        describe(node=node, layer=one.layer, knowledge_kind=one.knowledge_kind, visibility=one.visibility)

    return do


def _edition(one: Any, path: Path) -> Callable[[Loading], None]:
    def do(load: Loading) -> None:
        load.nodes[one.code] = load_share.edition(load, one, path)

    return do


def _cited_in(content: dict[str, Any]) -> Iterator[str]:
    """The codes that a frozen edition cites."""
    for text in [content.get("summary", ""), *(section.get("text", "") for section in content.get("sections", []))]:
        yield from citations(str(text))
