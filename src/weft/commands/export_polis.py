"""Write a conversation as a Polis export: summary.csv, comments.csv, participants-votes.csv and votes.csv."""

import argparse
from pathlib import Path

from weft.commands import Failed, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("conversation", help="the conversation's code, such as tide123")
    parser.add_argument("folder", type=Path, help="the folder to write; it is made where it is not there")


def run(args: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings
    from django.urls import reverse

    from weft.commands._polis import take_out
    from weft.exchange.errors import ExchangeError
    from weft.exchange.polis import write_polis
    from weft.listen.conversations.models import Conversation

    conversation = Conversation.objects.filter(code=args.conversation.lower()).first()
    if conversation is None:
        raise Failed(f"there is no conversation {args.conversation}.")
    export = take_out(conversation, settings.ADDRESS + reverse("conversations:part", args=[conversation.code]))
    try:
        loss = write_polis(export, args.folder)
    except ExchangeError as error:
        raise Failed(str(error)) from error
    for item in loss:
        print(item)
    print(
        f"Written to {args.folder}: {len(export.comments):,} statements, {len(export.participants):,} participants, "
        f"{len(export.votes):,} votes."
    )
    return 0
