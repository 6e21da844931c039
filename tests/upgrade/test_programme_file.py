"""The programme file of version 0.1.0 still loads, and makes what the database of that time holds."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.upgrade.conftest import Upgraded
from tests.upgrade.kept import SECRET_KEY, unpacked
from weft.filing.lines import parse
from weft.programme_file.dump import dump
from weft.programme_file.load import load
from weft.share.reports.models import Edition


@pytest.mark.django_db
def test_an_old_file_makes_what_an_old_database_holds(upgraded: Upgraded, settings) -> None:
    settings.SECRET_KEY = SECRET_KEY
    programme = load(parse(unpacked("demo-0.1.0.yaml.xz"), "demo.yaml"))
    import_module("weft.share.reports.migrations.0002_quote_passages_by_code").quote_by_code(apps, None)
    then = upgraded.now.run("-m", "weft", "dump", programme.slug)
    for one in Edition.objects.all():  # what came out before things were counted says nothing of them
        del one.counts["things"]
        for fact in one.counts["items"].values():
            del fact["things"], fact["against"]
        one.save(update_fields=["counts"])
    # A map that is upgraded keeps its threads to two cards that it no longer names.
    assert dump(programme) == then.replace("    rests_on: [T-6BDMN, T-3DRTW]\n", "")
