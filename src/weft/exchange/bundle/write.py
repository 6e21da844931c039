"""Write an evidence bundle. The same bundle is always the same bytes."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from weft.exchange.bundle.check import Check
from weft.exchange.bundle.contents import bundle_files
from weft.exchange.bundle.datapackage import check_tables
from weft.exchange.bundle.files import CODEBOOK, REPORT, SOURCES, table_path
from weft.exchange.bundle.model import Bundle
from weft.exchange.bundle.read import read_bundle
from weft.exchange.bundle.report import check_report
from weft.exchange.errors import ExchangeError
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.references import write_csl_json
from weft.exchange.refi import write_codebook
from weft.exchange.tables import write_table
from weft.exchange.whole import whole_file

MOMENT = (1980, 1, 1, 0, 0, 0)


def write_bundle(bundle: Bundle, path: Path) -> LossReport:
    """Write the zip and read it back; what would not come back the same is refused."""
    path = Path(path)
    Check(bundle, path).run()
    check_report(bundle.report_html, f"{path}/{REPORT}")
    check_tables(bundle.tables, path)
    others, loss = _other_formats(bundle, path)
    files = bundle_files(bundle, others)
    with whole_file(path) as half:
        _zip(files, half)
        try:
            again = read_bundle(half)
        except ExchangeError as error:
            raise ExchangeError(f"cannot be written, since no one could read it: {error}", file=path) from None
        if replace(again, codebook=None) != replace(bundle, codebook=None):
            raise ExchangeError("cannot be written: it would not be read back the same.", file=path)
    return loss


def _writers(bundle: Bundle) -> Iterator[tuple[str, Callable[[Path], LossReport]]]:
    if bundle.references.items:
        yield SOURCES, partial(write_csl_json, bundle.references)
    if bundle.codebook:
        yield CODEBOOK, partial(write_codebook, bundle.codebook)
    for one in bundle.tables:
        yield table_path(one.name), partial(write_table, one.table)


def _other_formats(bundle: Bundle, path: Path) -> tuple[dict[str, bytes], LossReport]:
    """What the writers of other formats make, by way of a folder that is gone afterwards."""
    loss: list[LossItem] = []
    made: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, write in _writers(bundle):
            place = Path(folder) / Path(name).name
            try:
                loss += [replace(item, file=f"{path.name}/{name}") for item in write(place)]
            except ExchangeError as error:
                raise error.told_of(f"{path}/{name}") from None
            made[name] = place.read_bytes()
    return made, tuple(loss)


def _zip(files: Mapping[str, bytes], path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, MOMENT)
            member.create_system, member.external_attr = 3, 0o644 << 16
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
