"""What a visitor waits for when the site starts: heavy packages are loaded by whoever first needs them."""

import subprocess
import sys

HEAVY = ("markdown_it", "numpy", "pydantic", "scipy", "yaml")
START = f"""
import sys
import weft.wsgi
from django.urls import get_resolver
assert len(get_resolver().url_patterns) > 10
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_starting_the_site_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
