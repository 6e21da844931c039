"""Migrations match the models, are named for what they do, and can be undone."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from tests.house.tree import SOURCE

NAME = re.compile(r"^\d{4}_(initial|[a-z]+(_[a-z0-9]+)+)$")


def ours() -> dict[tuple[str, str], Migration]:
    found = MigrationLoader(connection, ignore_no_migrations=True).disk_migrations
    return {key: migration for key, migration in found.items() if type(migration).__module__.startswith("weft.")}


@pytest.mark.django_db
def test_no_model_has_changed_without_one() -> None:
    told = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told, stderr=told)
    except SystemExit:
        pytest.fail(told.getvalue())


@pytest.mark.django_db
def test_each_is_named_for_what_it_does() -> None:
    names = [name for _, name in ours()]
    assert names
    assert [name for name in names if not NAME.match(name) or "auto" in name.split("_")] == []


@pytest.mark.django_db
def test_each_can_be_undone() -> None:
    stuck = [
        key
        for key, migration in ours().items()
        for step in migration.operations
        if isinstance(step, RunPython | RunSQL) and not step.reversible
    ]
    assert stuck == []


def test_every_area_with_tables_has_migrations() -> None:
    areas = [path.parent for path in SOURCE.rglob("models.py")]
    assert areas
    assert [str(area) for area in areas if not (area / "migrations" / "0001_initial.py").exists()] == []
