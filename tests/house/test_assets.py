"""The stylesheet of GOV.UK Frontend is served without the parts that no page has."""

import re

from assets import UNUSED, without_unused
from tests.house.tree import SOURCE, files, name

USED = re.compile(r"(?<![\w.-])govuk-[a-z0-9!_-]+")


def test_no_page_uses_a_part_that_is_left_out() -> None:
    pages = [path for path in files("*.html", "*.py", "*.js", under=SOURCE) if "vendor" not in path.parts]
    missing = [
        f"{name(path)} uses {used}"
        for path in pages
        for used in USED.findall(path.read_text("utf-8"))
        if UNUSED.match(f".{used}")
    ]
    assert len(pages) > 100
    assert missing == []


def test_only_rules_for_unused_parts_are_dropped() -> None:
    css = (
        ":root{--a:1}.govuk-tabs{color:red}.govuk-tabs__tab,.govuk-button{margin:0}@media print{.govuk-panel{top:0}}"
        "@media print{.govuk-heading-l:not(.govuk-tag,.x){top:0}.govuk-header{top:1px}}"
    )
    assert (
        without_unused(css)
        == ":root{--a:1}.govuk-button{margin:0}@media print{.govuk-heading-l:not(.govuk-tag,.x){top:0}}"
    )
