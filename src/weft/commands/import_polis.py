"""Bring a Polis export into a team as a closed conversation: statements, moderation, participants, votes with history.

All or nothing; the same export a second time changes nothing.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from weft.commands import Failed, start_django

if TYPE_CHECKING:
    from weft.people.programmes.models import Team


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="the folder with comments.csv and the files of votes")
    parser.add_argument("--team", required=True, metavar="PROGRAMME/TEAM", help="the team that it belongs to")


def run(args: argparse.Namespace) -> int:
    start_django()
    from weft.commands._polis import bring_in
    from weft.exchange.errors import ExchangeError
    from weft.exchange.polis import read_polis

    team = team_named(args.team)
    try:
        export = read_polis(args.folder)
    except ExchangeError as error:
        raise Failed(f"{error} Nothing was imported.") from error
    conversation, is_new = bring_in(by=None, team=team, export=export)
    if not is_new:
        print(f"This export is here already, as the conversation {conversation.code}. Nothing was changed.")
        return 0
    for loss in export.loss:
        print(loss)
    print(
        f"Imported as the conversation {conversation.code} of {team}: {len(export.comments):,} statements, "
        f"{len(export.participants):,} participants, {len(export.votes):,} votes."
    )
    return 0


def team_named(name: str) -> "Team":
    """The team that `PROGRAMME/TEAM` means."""
    from weft.people.programmes.models import Team

    programme, _, slug = name.partition("/")
    team = Team.objects.select_related("programme").filter(programme__slug=programme, slug=slug).first()
    if team is None:
        raise Failed(f"there is no team {name}. Write it as PROGRAMME/TEAM, by their short names.")
    return team
