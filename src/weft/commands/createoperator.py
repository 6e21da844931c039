"""Make somebody an operator, with a new account where they have none. They sign in by a code sent to the address."""

import argparse

from weft.commands import Failed, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="the address that sign-in codes go to")
    parser.add_argument("--name", default="", help="the name that others see")


def run(args: argparse.Namespace) -> int:
    start_django()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction

    from weft.people.accounts.actions import make_operator
    from weft.people.audit.actions import audit

    try:
        validate_email(args.email)
    except ValidationError:
        raise Failed(f"{args.email!r} is not an email address.") from None
    with transaction.atomic():
        person = make_operator(by=None, email=args.email, name=args.name)
        audit(by=None, did="made operator", on=person)
    print(f"{person.email} is an operator now, and signs in with a code sent to that address.")
    return 0
