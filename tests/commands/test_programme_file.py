"""`weft load`, `weft dump` and `weft demo` at the terminal."""

import io
import json

import pytest

from tests.programme_file.files import SMALL, loaded
from weft.cli import main
from weft.commands._progress import progress
from weft.people.programmes.models import Programme
from weft.programme_file.demo import FILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(tmp_path) -> str:
    file = tmp_path / "pell.yaml"
    file.write_text(SMALL, "utf-8")
    return str(file)


def test_a_file_goes_in_and_comes_out(small, tmp_path, capsys) -> None:
    assert main(["load", small]) == 0
    assert capsys.readouterr().out == "Pell Coast Together is at /pell/, with 33 items on its thread.\n"
    out = tmp_path / "out.yaml"
    assert main(["dump", "pell", "-o", str(out)]) == 0
    assert main(["dump", "pell"]) == 0
    assert capsys.readouterr().out == out.read_text("utf-8")


def test_a_file_comes_from_standard_input(capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SMALL.encode())))
    assert main(["load", "-"]) == 0
    assert capsys.readouterr().out == "Pell Coast Together is at /pell/, with 33 items on its thread.\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"weft: 1\n")))
    assert main(["load", "-"]) == 1
    assert "standard input, line 1, programme: this key is missing." in capsys.readouterr().err


def test_how_far_it_has_come_is_told_only_where_it_takes_long(capsys, monkeypatch) -> None:
    with progress(after=3600) as told:
        loaded(progress=told)
    assert capsys.readouterr().err == ""
    with progress(after=0) as told:
        told(33, 45)
        told(34, 45)
    assert capsys.readouterr().err == "33 of 45 written\n"
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress(after=0) as told:
        told(1_200, 5_000)
    assert capsys.readouterr().err == "\r1,200 of 5,000 written\n"


def test_everything_that_is_written_is_counted() -> None:
    counted = []
    loaded(progress=lambda done, total: counted.append((done, total)))
    assert counted[0] == (1, 42)
    assert counted[-1] == (42, 42)


def test_what_is_wrong_is_told_with_file_and_line(tmp_path, capsys) -> None:
    file = tmp_path / "pell.yaml"
    file.write_text(SMALL.replace("gss_year: 2023", "gss_year: x"), "utf-8")
    assert main(["load", str(file)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("weft load: nothing was loaded.\npell.yaml, line 31, places[0].gss_year: found “x”;")
    assert not Programme.objects.exists()


def test_a_programme_that_is_not_there_cannot_be_dumped(small, tmp_path, capsys) -> None:
    assert main(["dump", "nowhere"]) == 1
    assert capsys.readouterr().err == "weft dump: there is no programme nowhere.\n"
    main(["load", small])
    assert main(["dump", "pell", "-o", str(tmp_path / "no" / "such.yaml")]) == 1
    assert "cannot be written: No such file or directory." in capsys.readouterr().err


def test_the_demonstration_needs_its_setting(settings, capsys) -> None:
    settings.DEMO = False
    assert main(["demo"]) == 1
    assert "Set WEFT_DEMO=1" in capsys.readouterr().err


def test_only_an_empty_database_is_filled(settings, small, capsys) -> None:
    settings.DEMO = True
    main(["load", small])
    assert main(["demo", "--if-empty"]) == 0
    assert "none of them is the demonstration" in capsys.readouterr().out
    assert Programme.objects.count() == 1


def test_the_demonstration_says_what_to_look_at(settings, capsys, client) -> None:
    settings.DEMO = True
    assert main(["demo", "--if-empty"]) == 0
    told = capsys.readouterr().out
    assert main(["demo", "--json"]) == 0
    tour = json.loads(capsys.readouterr().out)
    assert Programme.objects.count() == 1
    for one in tour["visit"]:
        assert one["path"] in told
        assert client.get(one["path"]).status_code == 200
    assert tour["sign_ins"][0]["role"] == "Convenor"
    assert all(len(slip["words"].split()) == 4 for slip in tour["receipts"])
    assert tour["receipts"][0]["words"] in told
    assert tour["edition"].startswith("B-")
    assert len(tour["cited"]) > 20
    found = client.post("/r/", {"code": tour["receipts"][0]["conversation"], "words": tour["receipts"][0]["words"]})
    assert found.status_code == 302


def test_the_demonstration_comes_with_the_package() -> None:
    assert FILE.parent.name == "programme_file"
    assert FILE.exists()
