"""What loading makes of a database in which something is there already, or of a file that is otherwise."""

import pytest
from django.db import transaction

from tests.programme_file.files import changed, faults_of, loaded
from weft.listen.conversations.models import Consent
from weft.listen.receipts.queries import words_for
from weft.people.accounts.models import User
from weft.people.programmes.models import Programme
from weft.provenance.models import Node

pytestmark = pytest.mark.django_db


def test_an_account_that_is_there_is_used_again() -> None:
    User.objects.create_user("lena@example.org", "Lena H.")
    loaded()
    assert User.objects.get(email="lena@example.org").name == "Lena H."
    assert User.objects.count() == 4


def test_the_same_secret_has_the_same_words_in_another_database() -> None:
    found = []
    for _ in range(2):
        with transaction.atomic():
            found.append(words_for("first", loaded().conversations.get()))
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_the_wish_for_a_receipt_may_stand_with_a_story() -> None:
    loaded(changed('text: "We queued', 'consent: [quote, tell], text: "We queued'))
    assert Consent.objects.filter(participant__number=6, node=None, scope="tell").exists()
    assert set(Consent.objects.filter(node__code="Y-5555").values_list("scope", flat=True)) == {"quote"}


def test_all_or_nothing() -> None:
    said = faults_of(
        changed("at: 2026-10-12 20:00, by: kit}", "at: 2026-10-12 20:00, by: kit}\n  - {code: D-2222, at: 2026-10-13}")
    )
    assert said[0].endswith("D-2222 is activity, which cannot be taken back.")
    assert not Programme.objects.exists()
    assert not User.objects.exists()
    assert not Node.objects.exists()
