"""Limits hold for all processes together, and end."""

import os
import subprocess
import sys
import time

import pytest
from django.db import connection

from weft.core import throttle
from weft.core.models import Throttle

COUNTING = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from weft.core import throttle
print(sorted(throttle.count("guess", "somebody", 600) for _ in range(40)))
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together():
    command = [sys.executable, "-c", COUNTING, str(connection.settings_dict["NAME"])]
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "weft.settings"}
    processes = [subprocess.Popen(command, env=given, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [number for one in processes for number in map(int, one.communicate(timeout=60)[0].strip("[]\n").split(","))]
    assert sorted(told) == list(range(1, 81))
    assert throttle.is_over("guess", "somebody", 80)
    assert not throttle.is_over("guess", "somebody", 81)


@pytest.mark.django_db
def test_a_while_begins_anew_when_it_is_over_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch):
    now = time.time()
    monkeypatch.setattr(throttle.time, "time", lambda: now)
    assert [throttle.count("guess", who, 600) for who in ("a", "a", "b")] == [1, 2, 1]
    now += 599
    assert throttle.count("guess", "a", 600) == 3
    now += 1
    assert not throttle.is_over("guess", "a", 1)
    assert throttle.count("guess", "a", 600) == 1
    assert Throttle.objects.count() == 1


@pytest.mark.django_db
def test_nothing_kept_says_who_it_was():
    throttle.count("guess", "somebody", 600)
    (row,) = Throttle.objects.all()
    assert b"somebody" not in bytes(row.key)
