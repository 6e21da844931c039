"""Accounts: people who sign in by a code sent to their email address."""

from typing import ClassVar, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from weft.core.keeping import Keeps, Until, What, Whom


class Accounts(BaseUserManager["User"]):
    """Makes accounts; there are no passwords."""

    def create_user(self, email: str, name: str = "", name_in_public: str = "") -> "User":
        """An account that signs in by code."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.name_in_public = name_in_public
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this address, however it is written."""
        return self.get(email__iexact=username)


class NameInPublic(models.TextChoices):
    """What somebody says when they are asked whether their name may stand on public pages."""

    YES = "yes", "Yes, and I am 18 or over"
    NO = "no", "No: my role and my organisation stand there instead"
    UNDER_18 = "under_18", "I am under 18: then my name never stands there"

    @classmethod
    def told(cls, shows_name: bool | None, is_under_18: bool) -> str:
        """What two facts tell together; to be under 18 outweighs the other."""
        if is_under_18:
            return cls.UNDER_18
        return "" if shows_name is None else cls.YES if shows_name else cls.NO


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. Contributors have none."""

    keeps = Keeps(
        Whom.MEMBER,
        What.WORK,
        Until.ACCOUNT,
        password=What.TECHNICAL,
        email=What.CONTACT,
        name=What.IDENTITY,
        shows_name=What.ABOUT_YOU,
        is_under_18=What.ABOUT_YOU,
    )
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    shows_name = models.BooleanField(null=True, blank=True)  # nothing until they are asked
    is_under_18 = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_an_address"),
            models.CheckConstraint(
                condition=models.Q(is_under_18=False) | models.Q(shows_name=False),
                name="nobody_under_18_shows_their_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def name_in_public(self) -> str:
        """What they said of their name on public pages; nothing where they have not been asked."""
        return NameInPublic.told(self.shows_name, self.is_under_18)

    @name_in_public.setter
    def name_in_public(self, said: str) -> None:
        self.shows_name = said == NameInPublic.YES if said else None
        self.is_under_18 = said == NameInPublic.UNDER_18

    @property
    def is_staff(self) -> bool:
        """What Django's own parts ask for."""
        return self.is_operator


class Contributor(models.Model):
    """Somebody who says something without an account."""

    class Meta:
        abstract = True


Actor: TypeAlias = User | Contributor | None  # whoever does something; nobody, where a file or a command does it
