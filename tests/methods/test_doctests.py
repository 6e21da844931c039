import doctest
import importlib
import pkgutil

import pytest

import weft.methods

MODULES = [each.name for each in pkgutil.walk_packages(weft.methods.__path__, "weft.methods.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
