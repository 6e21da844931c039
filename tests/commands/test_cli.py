"""The `weft` command itself: quick, helpful, and clear about what it cannot do."""

import argparse
import importlib
import subprocess
import sys

import pytest

from weft import __version__
from weft.cli import COMMANDS, main
from weft.commands import Failed


def test_help_lists_every_command(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    printed = capsys.readouterr().out
    for name, (_, purpose) in COMMANDS.items():
        assert f"  {name} " in printed
        assert purpose in printed


def test_version(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"weft {__version__}\n"


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["migrate", "--help"], ["trace", "--help"]])
def test_help_and_version_load_nothing_heavy(words: list[str]) -> None:
    code = f"""
import sys
from weft.cli import main
try:
    main({words!r})
except SystemExit:
    print(sorted(name for name in sys.modules if name in ("django", "numpy", "scipy", "pydantic", "granian")))
"""
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_it_does_and_takes_help(name: str, capsys: pytest.CaptureFixture) -> None:
    module = importlib.import_module(f"weft.commands.{COMMANDS[name][0]}")
    assert module.__doc__
    with pytest.raises(SystemExit) as stopped:
        main([*name.split(), "--help"])
    assert stopped.value.code == 0
    assert f"usage: weft {name}" in capsys.readouterr().out


def test_a_mistyped_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["servve"])
    assert stopped.value.code == 2
    assert "did you mean 'serve'?" in capsys.readouterr().err


def test_a_failure_is_one_sentence_and_exit_code_1(monkeypatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.setenv("WEFT_PORT", "eight thousand")
    assert main(["serve"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "weft serve: WEFT_PORT must be a number from 1 to 65535, got 'eight thousand'.\n"


def test_python_m_weft_is_the_same_command() -> None:
    run = [sys.executable, "-m", "weft", "--version"]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == f"weft {__version__}\n"


def test_serve_refuses_what_would_be_unsafe(monkeypatch) -> None:
    from weft.commands import serve

    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    monkeypatch.delenv("WEFT_DATABASE_URL", raising=False)
    with pytest.raises(Failed, match="one writer at a time"):
        serve.run(parser.parse_args(["--workers", "2"]))
    monkeypatch.setenv("WEFT_DEMO", "1")
    with pytest.raises(Failed, match="this machine only"):
        serve.run(parser.parse_args(["--host", "0.0.0.0"]))  # noqa: S104
