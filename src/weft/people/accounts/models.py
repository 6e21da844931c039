"""Accounts: people who sign in by a code sent to their email address."""

from typing import ClassVar, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from weft.core.keeping import Keeps, Until, What, Whom


class Accounts(BaseUserManager["User"]):
    """Makes accounts; there are no passwords."""

    def create_user(self, email: str, name: str = "") -> "User":
        """An account that signs in by code."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this address, however it is written."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. Contributors have none."""

    keeps = Keeps(
        Whom.MEMBER, What.WORK, Until.ACCOUNT, password=What.TECHNICAL, email=What.CONTACT, name=What.IDENTITY
    )
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """What Django's own parts ask for."""
        return self.is_operator


class Contributor(models.Model):
    """Somebody who says something without an account."""

    class Meta:
        abstract = True


Actor: TypeAlias = User | Contributor | None  # whoever does something; nobody, where a file or a command does it
