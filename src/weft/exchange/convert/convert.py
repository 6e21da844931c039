"""Read one file, project what it holds where that is needed, and write the other."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from weft.exchange.convert.projections import PROJECTIONS, Projection
from weft.exchange.errors import ExchangeError
from weft.exchange.formats import FORMATS, Format, by_suffix, in_words
from weft.exchange.loss import LossReport
from weft.exchange.recognise import Recognised, is_folder, recognised_as


@dataclass(frozen=True, slots=True)
class Step:
    """One of the steps of a conversion, and what was lost in it."""

    does: str
    loss: LossReport


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a file."""

    source: Recognised
    target: Format
    steps: tuple[Step, ...]
    warnings: tuple[str, ...] = ()


def targets(source: Format) -> tuple[Format, ...]:
    """The formats that a file of this one can become: those that hold the same, and those of its projections."""
    return tuple(each for each in FORMATS if each.writer and _way(source, each) is not None)


def convert(
    path: Path, out: Path, *, source: Format | None = None, target: Format | None = None, force: bool = False
) -> Converted:
    """Convert a file or folder; without `source` and `target` the formats are told by bytes and names.

    What is there already is replaced only with `force`, and only once the new one is whole.
    """
    found = recognised_as(path, source)
    target = target or target_of(out, found.format)
    projections = _way(found.format, target)
    if projections is None or not target.writer:
        raise _no_way(path, found.format, f"{target.name}")
    _check_place(path, out, target, force=force)
    held = found.format.read(path)
    steps = [Step(f"reading {found.format.name}", held.loss)]
    warnings = (*found.warnings, *getattr(held, "warnings", ()))
    for projection in projections:
        held, left = projection(held, path.name)
        steps.append(Step(f"taking {projection.keeps}", left))
    steps.append(Step(f"writing {target.name}", _write(target, held, out)))
    return Converted(found, target, tuple(steps), warnings)


def target_of(out: Path, source: Format) -> Format:
    """The format that the end of a name asks for, nearest to what there is: the same kind first, then projections."""
    possible = targets(source)
    asked = [each for each in possible if out.suffix.lower() in each.suffixes]
    asked += [each for each in possible if each.is_folder and (not out.suffix or out.is_dir())]
    if asked:
        return min(asked, key=lambda each: each.holds != source.holds)
    others = by_suffix(out)
    wanted = others[0].name if others else f"a file that ends in {out.suffix}" if out.suffix else "a folder"
    raise _no_way(out, source, wanted)


def _no_way(file: Path, source: Format, wanted: str) -> ExchangeError:
    can = in_words(targets(source)) or "nothing else"
    says = f"cannot be converted: {source.name} cannot become {wanted}; it can become {can}."
    return ExchangeError(says, file=file, expected=can)


def _way(source: Format, target: Format) -> tuple[Projection, ...] | None:
    """The projections to go through; none of them where both hold the same."""
    if source.holds == target.holds:
        return ()
    ways = [each for each in PROJECTIONS if (each.source, each.target) == (source.holds, target.holds)]
    return tuple(ways[:1]) or None


def _check_place(path: Path, out: Path, target: Format, *, force: bool) -> None:
    try:
        out.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise ExchangeError(f"cannot be written: {error.strerror or error}.", file=out) from None
    if out.is_symlink() and not out.exists():
        raise ExchangeError("is a link that leads nowhere.", file=out)
    if is_folder(out) != target.is_folder:
        kind = "folder" if target.is_folder else "file"
        raise ExchangeError(f"is there already and is no {kind}, as {target.name} is.", file=out)
    is_free = target.is_folder and not any(out.iterdir())
    if not force and not is_free:
        raise ExchangeError("is there already; --force replaces it.", file=out)


def _write(target: Format, held: object, out: Path) -> LossReport:
    """A file is put in its place whole by its writer; a new folder appears only when all of it is written."""
    if not target.is_folder or out.exists():
        return target.write(held, out)
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".") as beside:
            whole = Path(beside) / out.name
            report = target.write(held, whole)
            whole.rename(out)
    except OSError as error:
        raise ExchangeError(f"cannot be written: {error.strerror or error}.", file=out) from None
    return report
