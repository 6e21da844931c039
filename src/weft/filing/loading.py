"""What is known while a file is being loaded: the rows that its names stand for by now, and all that is wrong."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError

from weft.core.errors import Changed, NotAllowed, Refused
from weft.core.inserts import Clash, first_line
from weft.filing.lines import Document, Fault, Faulty, Path
from weft.filing.parts import Reference

SELDOM = 20_000  # new objects


class Missing(Exception):
    """Something rests on what could not be written. That is told where it stands, so this is not."""


class Rows(dict[Any, Any]):
    """Rows by their names. All names were checked before, so one that has no row was refused."""

    def __missing__(self, name: Any) -> Any:
        raise Missing


@contextmanager
def letting_go_seldom() -> Iterator[None]:
    """Look for what can be let go less often: nearly all that is made while a file is read and loaded stays."""
    before = gc.get_threshold()
    gc.set_threshold(max(SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


Progress = Callable[[int, int], None]


def quietly(done: int, total: int) -> None:
    """Tell nobody how far loading has come."""


@dataclass
class Loading:
    """A document, and what has become of it so far. Each part of it is written in a step, which fails by itself."""

    document: Document
    begun: datetime
    step: Callable[[Path], AbstractContextManager[None]]
    programme: Any = None
    total: int = 0
    done: int = 0
    progress: Progress = quietly
    faults: list[Fault] = field(default_factory=list)
    rows: dict[str, Rows] = field(default_factory=lambda: defaultdict(Rows))

    @contextmanager
    def at(self, *path: str | int) -> Iterator[None]:
        """Write something. What is refused is a fault of this place and leaves nothing behind; loading goes on."""
        try:
            with self.step(path):
                yield
        except Missing:
            pass
        except Faulty as faulty:
            self.faults += faulty.faults
        except Refused as refusal:
            self.fault((*path, refusal.field) if refusal.field else path, str(refusal))
        except NotAllowed as refusal:
            self.fault(path, str(refusal))
        except Changed:
            self.fault(path, "this was changed by something else in the file.")
        except (IntegrityError, DataError) as error:
            self.fault(path, f"the database refuses this ({first_line(error)}).")

    def row(self, name: Reference) -> Any:
        """The row that a name stands for."""
        return self.rows[name.what][name]

    def tick(self) -> None:
        """Say that one more thing is done, for whoever waits."""
        self.done += 1
        self.progress(self.done, self.total)

    def fault(self, path: Path, text: str, words: str = "") -> None:
        """Tell what is wrong, and go on."""
        self.faults.append(self.document.fault(path, text, words))

    def faulty(self, path: Path, text: str) -> Faulty:
        """What is wrong, to be raised where the step cannot go on."""
        return Faulty(self.document.name, [self.document.fault(path, text)])

    def finish(self, clashes: Iterable[Clash] = ()) -> None:
        """Refuse the file if anything was wrong with it, or with rows that were written later."""
        for clash in clashes:
            self.fault(clash.mark, f"the database refuses this ({clash}).")
        if self.faults:
            raise Faulty(self.document.name, self.faults)


def when(*times: Any) -> Any:
    """The first time that is known."""
    return next(time for time in times if time is not None)
