"""How accounts are named in the programme file."""

from weft.filing.keys import named
from weft.filing.parts import PersonName
from weft.filing.writing import account
from weft.people.accounts.models import User

named(User, "people", PersonName, lambda user: account(user.pk))
