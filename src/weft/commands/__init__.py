"""One module a command: `add_arguments(parser)` and `run(args) -> int`. `weft.cli` lists them."""

import os


class Failed(Exception):
    """The command could not do it; the text is one sentence for the person at the terminal."""


def start_django() -> None:
    """Load the settings and the apps. The commands that need no database never call it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "weft.settings")
    import django

    django.setup()
