"""Run a command of the project inside the tests."""

import argparse
import json
from types import ModuleType
from typing import Any

import pytest


def run(command: ModuleType, *words: object) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(word) for word in words]))


def as_json(command: ModuleType, capture: pytest.CaptureFixture[bytes], *words: object) -> dict[str, Any]:
    assert run(command, *words, "--json", "-") == 0
    return json.loads(capture.readouterr().out.decode("utf-8"))
