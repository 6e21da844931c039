"""Reading accounts."""

from weft.people.accounts.models import User


def account_at(email: str) -> User | None:
    """The account with this address."""
    return User.objects.filter(email__iexact=email).first()
