"""What a command says when it cannot do it."""

import pytest

from weft.cli import main


def refused(capture: pytest.CaptureFixture[str], *words: object) -> str:
    """The one sentence with which a command exits with 1; nothing else is printed, but that it takes a while."""
    assert main([str(word) for word in words]) == 1
    shown = capture.readouterr()
    assert shown.out == ""
    said = [line for line in shown.err.splitlines() if not line.endswith(" ...")]
    assert len(said) == 1
    assert said[0].endswith(".")
    return said[0].removeprefix(f"weft {words[0]}: ")
