"""The server starts, stops when told, and leaves nothing behind when it is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

PATIENCE = 30


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[subprocess.Popen]:
    """`weft serve` on a free port, answering."""
    settings = {
        "WEFT_PORT": str(port),
        "WEFT_DATA": str(tmp_path),
        "WEFT_SECRET_KEY": "x" * 50,
        "WEFT_DATABASE_URL": "",
    }
    (tmp_path / "static").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "weft", "serve"], env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True
    )
    wait_until(lambda: answers(port) or process.poll() is not None)
    yield process
    process.kill()
    process.wait()


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/privacy/", timeout=5) as response:
            return response.status == 200 and "default-src 'none'" in response.headers["Content-Security-Policy"]
    except (URLError, OSError):
        return False


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, f"nothing happened in {PATIENCE} s"
        time.sleep(0.1)


def test_it_answers_and_stops_when_told(server: subprocess.Popen, port: int) -> None:
    assert answers(port)
    server.send_signal(signal.SIGTERM)
    printed, _ = server.communicate(timeout=PATIENCE)
    assert server.returncode == 0
    assert printed == f"Weft answers at http://127.0.0.1:{port}/ (Ctrl-C stops it)\n"
    assert not answers(port)


def test_its_workers_leave_when_it_is_killed(server: subprocess.Popen, port: int) -> None:
    server.kill()
    server.wait()
    wait_until(lambda: not answers(port))


def test_a_second_one_on_the_same_port_is_refused(server: subprocess.Popen, port: int) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "weft", "serve", "--port", str(port)],
        env={**os.environ, "WEFT_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in second.stderr
    assert "Set WEFT_PORT to another port" in second.stderr
