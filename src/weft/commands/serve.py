"""Serve the site with Granian until stopped with Ctrl-C or SIGTERM."""

import argparse
import importlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from granian.constants import Interfaces
from granian.errors import FatalError
from granian.log import LogLevels
from granian.server import Server

from weft.commands import Failed, start_django

WORKERS_ON_POSTGRESQL, THREADS_ON_POSTGRESQL = 2, 2
WORKERS_ON_SQLITE, THREADS_ON_SQLITE = 1, 4
GRACE = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=None, help="port to listen on (default: WEFT_PORT, or 8000)")
    parser.add_argument("--workers", type=int, default=None, help="web processes; PostgreSQL only (default: 2)")
    parser.add_argument("--threads", type=int, default=None, help="threads in each (default: 2; with SQLite 4)")


def run(args: argparse.Namespace) -> int:
    """Serve, unless the database brings back what was taken back."""
    on_postgresql = os.environ.get("WEFT_DATABASE_URL", "").strip() != ""
    if not on_postgresql and (args.workers or 1) > 1:
        raise Failed("SQLite has one writer at a time, so it is served by one process. Leave out --workers.")
    if os.environ.get("WEFT_DEMO", "").strip().lower() in {"1", "true", "yes", "on"} and not is_this_machine(args.host):
        raise Failed("The demo signs anybody in, so it answers on this machine only. Leave out --host.")
    port = args.port or port_wanted()
    check_free(args.host, port)
    check_database()
    server = Server(
        "weft.wsgi:application",
        address=args.host,
        port=port,
        interface=Interfaces.WSGI,
        workers=args.workers or (WORKERS_ON_POSTGRESQL if on_postgresql else WORKERS_ON_SQLITE),
        blocking_threads=args.threads or (THREADS_ON_POSTGRESQL if on_postgresql else THREADS_ON_SQLITE),
        backpressure=64,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
    )
    server.on_startup(
        lambda: print(f"Weft answers at http://{readable(args.host)}:{port}/ (Ctrl-C stops it)", flush=True)
    )
    try:
        server.serve(target_loader=load)
    except FatalError as error:
        raise Failed(str(error)) from error
    return 0


def check_database() -> None:
    """Refuse a database that is older than its journal. No worker shares the connection."""
    start_django()
    from django.db import connections

    from weft.commands._withdrawals import check_journal

    check_journal()
    connections.close_all()


def port_wanted() -> int:
    """The port of WEFT_PORT, read here since Django's settings are not loaded yet."""
    given = os.environ.get("WEFT_PORT", "").strip() or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise Failed(f"WEFT_PORT must be a number from 1 to 65535, got {given!r}.")
    return int(given)


def load(target: str) -> Callable[..., Any]:
    """The application, in a worker process that leaves when its parent is gone."""
    threading.Thread(target=leave_with_parent, args=(os.getppid(),), daemon=True).start()
    module, _, name = target.partition(":")
    application: Callable[..., Any] = getattr(importlib.import_module(module), name)
    threading.Thread(target=do_in_time, daemon=True).start()
    return application


def do_in_time() -> None:
    """Once an hour: erase words on which nobody decided in time, forget who came from one place, replace figures."""
    from django.db import DatabaseError, connection

    from weft.listen.conversations.actions.arrivals import forget_groups
    from weft.listen.conversations.actions.figures import step_all
    from weft.provenance.masks import let_go_of_old

    while True:
        with suppress(DatabaseError):  # such as one that is not there for now; the next hour tries again
            let_go_of_old()
            forget_groups()
            step_all()
        connection.close()
        time.sleep(3600)


def leave_with_parent(parent: int) -> None:
    """A killed parent cannot stop its workers, and they would go on holding the port."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


def is_this_machine(host: str) -> bool:
    """Whether the address can be reached from this machine alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def check_free(host: str, port: int) -> None:
    """Refuse a port in use: the kernel would let two servers share it, each answering some of the requests."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failed(
                f"cannot listen on {host}:{port} ({error.strerror}). Set WEFT_PORT to another port."
            ) from error


def readable(host: str) -> str:
    """The host as it stands in an address."""
    return f"[{host}]" if ":" in host else host
