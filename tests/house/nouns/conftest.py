"""One programme for this folder, with one item of each kind; what a test or a file does to it is undone."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.house.nouns.making import House, build


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def house(built: House) -> Iterator[House]:
    with transaction.atomic():
        yield deepcopy(built)
        transaction.set_rollback(True)
