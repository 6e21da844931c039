"""Making accounts."""

from django.db import transaction

from weft.people.accounts.models import User


@transaction.atomic
def open_account(*, by: User | None, email: str, name: str = "", name_in_public: str = "") -> User:
    """The account with this address, made if there is none.

    An account keeps the name its owner gave it, and what they said, or have not said yet, of where it may stand.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, name, name_in_public)
    elif name and not user.name:
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
