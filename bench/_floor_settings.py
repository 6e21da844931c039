"""The project's settings for the benchmark of votes: as they are, or with no middleware for the floor."""

import os

from weft.settings import *  # noqa: F403
from weft.settings import INSTALLED_APPS

ROOT_URLCONF = "bench._floor"
if os.environ.get("BENCH_FLOOR"):
    MIDDLEWARE = []
    INSTALLED_APPS = [name for name in INSTALLED_APPS if not name.startswith("allauth")]
