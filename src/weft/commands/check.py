"""Say in plain words what is missing before Weft may serve people for real. Exit code 1 if something is."""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from weft.commands import Failed, start_django

LONG_ENOUGH = 50
TEMPORARY = {Path(folder).resolve() for folder in ("/tmp", "/var/tmp", "/dev/shm", tempfile.gettempdir())}  # noqa: S108
LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the sentences as a JSON list")


def run(args: argparse.Namespace) -> int:
    start_django()
    missing = [sentence for question in QUESTIONS for sentence in question()]
    if args.json:
        print(json.dumps(missing, indent=2))
    elif missing:
        print("Weft is not ready for production:")
        print("\n".join(f"  - {sentence}" for sentence in missing))
    else:
        print("Nothing is missing for production.")
    return 1 if missing else 0


def secrets() -> Iterator[str]:
    """The key, and the switches that open doors."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    if settings.DEMO:
        yield "WEFT_DEMO is on: anybody can sign in as anybody. Turn it off."
    if settings.DEBUG:
        yield "WEFT_DEBUG is on: error pages show the insides. Turn it off."
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        yield "WEFT_SECRET_KEY is not set. Give it a long random text and keep it secret."
        return
    if len(key) < LONG_ENOUGH:
        yield f"WEFT_SECRET_KEY is short: {len(key)} characters. Give it at least {LONG_ENOUGH} random ones."


def address() -> Iterator[str]:
    """How people reach the site."""
    from django.conf import settings

    if "*" in settings.ALLOWED_HOSTS:
        yield "WEFT_HOSTS allows every host name. Name the ones people use."
    elif not set(settings.ALLOWED_HOSTS) - LOCAL:
        yield "WEFT_HOSTS names this machine only. Name the host that people use, such as weft.example.org."
    if not settings.HTTPS:
        yield f"WEFT_ADDRESS is {settings.ADDRESS}. Set it to the https:// address that people use."
    elif not settings.BEHIND_PROXY:
        yield "WEFT_BEHIND_PROXY is off, but https:// needs a proxy in front that says so. Turn it on."


def mail() -> Iterator[str]:
    """Sign-in codes and invitations go by email."""
    from django.conf import settings

    if not settings.EMAIL_HOST:
        yield "WEFT_MAIL_HOST is not set: nobody can get the code to sign in. Set it to your mail server."
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield "WEFT_MAIL_FROM is not set. Set it to the address that mail comes from."


def data() -> Iterator[str]:
    """Where people's words are kept."""
    import os

    from django.conf import settings

    if not os.environ.get("WEFT_DATA"):
        yield f"WEFT_DATA is not set, so data goes wherever Weft is started: now {settings.DATA}. Set it to a folder."
    if TEMPORARY & {settings.DATA, *settings.DATA.parents}:
        yield f"WEFT_DATA is {settings.DATA}, a temporary place that may be emptied. Set it to a lasting folder."


def database() -> Iterator[str]:
    """The database, its tables, and somebody to look after the site."""
    from django.contrib.auth import get_user_model
    from django.db import Error, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if pending:
            yield f"The database is not up to date: {len(pending)} changes are waiting. Run `weft migrate`."
        elif not get_user_model().objects.filter(is_operator=True, is_active=True).exists():
            yield "Nobody is an operator. Run `weft createoperator EMAIL`."
    except Error as error:
        reason = str(error).strip().splitlines()[0]
        yield f"The database does not answer ({reason}). See WEFT_DATABASE_URL and WEFT_DATA."


def withdrawals() -> Iterator[str]:
    """Whether what was taken back is still so after a backup was restored."""
    import os

    from django.conf import settings
    from django.db import Error
    from django.utils.text import capfirst

    from weft.commands._withdrawals import entries_read, older, standing

    try:
        again = len(standing(entries_read()[0]))
    except Failed as failure:
        yield capfirst(str(failure))
    except Error:
        return  # said by `database`
    else:
        if again:
            yield capfirst(older(again))
        if settings.WITHDRAWALS.exists() and not os.access(settings.WITHDRAWALS, os.W_OK):
            yield f"The journal of withdrawals cannot be written: {settings.WITHDRAWALS}. See WEFT_WITHDRAWALS."


def files() -> Iterator[str]:
    """Stylesheets, scripts and fonts."""
    from django.conf import settings
    from django.contrib.staticfiles import finders

    if finders.find("vendor/govuk-frontend.min.css") is None:
        yield "The front-end files are missing. Run `make assets`, or install Weft from a wheel."
    if settings.WHITENOISE_USE_FINDERS:
        yield "WEFT_HASHED_FILES is off: browsers fetch every file again and again. Turn it on."
    elif not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield "The static files have not been collected. Run `weft manage collectstatic --noinput`."


def consistency() -> Iterator[str]:
    """What Django itself finds wrong."""
    from django.core import checks

    for message in checks.run_checks():
        if message.level >= checks.ERROR:
            yield f"{message.msg} ({message.id})"


QUESTIONS: tuple[Callable[[], Iterator[str]], ...] = (
    secrets,
    address,
    mail,
    data,
    database,
    withdrawals,
    files,
    consistency,
)
