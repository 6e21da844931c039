"""The small programme, for files whose tests all start from it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.programme_file.files import loaded
from weft.people.programmes.models import Programme


@pytest.fixture(scope="module")
def small(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once a file; what a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        loaded()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def programme(small: None, db: None) -> Programme:
    return Programme.objects.get()
