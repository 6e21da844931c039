"""Write the table of docs/safety.md again: every address of the site and who may reach it.

`python docs/access_table.py` writes it; a house test says when it is out of date.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "safety.md"
BEGIN, END = "<!-- addresses: made by docs/access_table.py -->", "<!-- end of addresses -->"
WHO = {
    "everyone": "Anybody",
    "reader": "Whoever may see the programme: anybody where it is public, its members where it is not",
    "team_reader": "The same, for the pages of a team",
    "item_reader": "Whoever may see the item: by its visibility, everybody, the programme or the team",
    "signed_in": "Anybody with an account",
    "member": "Members of the programme or of any of its teams",
    "maker": "Who makes what a team has, its members and leads; and convenors, also for what the whole programme has",
    "team_member": "Members and leads of the team, and convenors of the programme",
    "item_editor": "Members and leads of the item's team, and convenors; an item without a team, convenors alone",
    "team_lead": "Leads of the team, and convenors of the programme",
    "safeguarding": "Safeguarding leads, each for what was said to their team or programme; nobody else",
    "convenor": "Convenors of the programme",
    "operator": "Operators of the installation",
}


def table() -> str:
    """The addresses under each access mark, with what stands at each in a sentence."""
    from tests.house.routes import Route, routes

    found: dict[str, list[Route]] = {mark: [] for mark in WHO}
    for route in routes():
        found[route.access or ""].append(route)
    parts = []
    for mark, who in WHO.items():
        rows = [f"| `{route}` | {purpose(route.view)} |" for route in sorted(found[mark], key=str)]
        parts.append("\n".join([f"### `{mark}`", "", f"{who}.", "", "| address | what |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def purpose(view: object) -> str:
    """The first line of our own view's docstring; signing in is another package's."""
    is_ours = str(getattr(view, "__module__", "")).startswith("weft.")
    return (getattr(view, "__doc__", None) or "").strip().split("\n")[0] if is_ours else "Signing in and out."


def filled(page: str, addresses: str) -> str:
    """The page with the table in its place."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{addresses}\n\n{END}{after}"


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    PAGE.write_text(filled(PAGE.read_text("utf-8"), table()), "utf-8")
