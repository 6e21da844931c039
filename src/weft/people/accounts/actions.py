"""Changing an account."""

from django.db import transaction

from weft.people.accounts.models import User


@transaction.atomic
def rename(*, by: User, name: str) -> User:
    """Change what somebody is called."""
    by.name = name
    by.save(update_fields=["name"])
    return by


@transaction.atomic
def open_account(*, by: User | None, email: str, name: str = "") -> User:
    """The account with this address, made if there is none. An account keeps the name its owner gave it."""
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name)
    if name and not user.name:
        user.name = name
        user.save(update_fields=["name"])
    return user


@transaction.atomic
def make_operator(*, by: User | None, email: str, name: str = "") -> User:
    """Make an operator of this installation, with an account if there is none."""
    user = open_account(by=by, email=email, name=name)
    user.is_operator = True
    user.save(update_fields=["is_operator"])
    return user
