"""Everything that stands in the zip of a bundle, as bytes by name."""

import json
from collections.abc import Mapping

from weft.exchange.bundle.claims import claims_json
from weft.exchange.bundle.crate import crate
from weft.exchange.bundle.datapackage import data_package
from weft.exchange.bundle.files import CLAIMS, METADATA, PACKAGE, README, REPORT
from weft.exchange.bundle.model import Bundle
from weft.exchange.bundle.readme import readme


def bundle_files(bundle: Bundle, others: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of the zip, in order. `others` are those that other formats wrote."""
    files = {REPORT: bundle.report_html.encode(), CLAIMS: claims_json(bundle).encode(), **others}
    if bundle.tables:
        files[PACKAGE] = _json(data_package(bundle, others))
    files = {README: readme(bundle, files).encode(), **files}
    return {METADATA: _json(crate(bundle, files)), **files}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
