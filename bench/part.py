"""Bytes over the wire of the first page of taking part, with all that it loads: `python bench/part.py`.

The site is served as in production, its static files under names that hold their hash and compressed once. A page, its
styles, its scripts with the modules they import, its pictures and every font that a style names are fetched with
`Accept-Encoding: br`, and counted with their headers. Needs the front-end files of `make install`.
"""

import http.client
import posixpath
import re
import socket
import subprocess
import sys
import time
from urllib.parse import urljoin, urlsplit

from _site import ROOT, site

BUDGET = 60_000
TAGS = re.compile(r"<(link|script|img)\b([^>]*)>")
ADDRESS = re.compile(r'\b(?:href|src)="([^"]+)"')
IN_STYLES = re.compile(r"url\(['\"]?([^'\")]+)")
IN_SCRIPTS = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']""")


def fetched(port: int, path: str) -> tuple[int, str, bytes]:
    """Bytes of an answer as sent, the type of its content, and the content unpacked."""
    import brotli

    server = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    server.request("GET", path, headers={"Accept-Encoding": "br", "Host": "localhost"})
    answer = server.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}.")
    head = sum(len(f"{name}: {value}\r\n".encode()) for name, value in answer.getheaders()) + 19
    packed = answer.getheader("Content-Encoding") == "br"
    kind = answer.getheader("Content-Type", "").split(";")[0]
    return head + len(body), kind, brotli.decompress(body) if packed else body


def loaded_by(kind: str, text: str) -> list[str]:
    """The addresses that a browser fetches because of a page, a style or a script."""
    if kind == "text/html":
        tags = [(tag, match) for tag, rest in TAGS.findall(text) if (match := ADDRESS.search(rest))]
        return [match[1] for tag, match in tags if not match[1].startswith(("data:", "http"))]
    if kind == "text/css":
        return [found for found in IN_STYLES.findall(text) if not found.startswith(("data:", "#"))]
    return IN_SCRIPTS.findall(text) if "javascript" in kind else []


def weigh(port: int, address: str) -> list[tuple[int, str]]:
    """Every file of a page and its bytes."""
    found: dict[str, int] = {}
    todo = [address]
    while todo:
        path = urlsplit(todo.pop(0)).path
        if path in found:
            continue
        size, kind, content = fetched(port, path)
        found[path] = size
        if not kind.startswith(("font", "image")) and "woff" not in path:
            todo += [urljoin(path, one) for one in loaded_by(kind, content.decode())]
    return [(size, path) for path, size in found.items()]


def served() -> tuple[subprocess.Popen, int]:
    """A server of the site on a port of its own, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "weft", "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server, port
        time.sleep(0.05)
    server.terminate()
    raise SystemExit("The server did not answer.")


def measure() -> int:
    """Print the files; the bytes of all of them."""
    from django.core.management import call_command

    from weft.listen.conversations.models import Conversation
    from weft.programme_file.load import load_file

    load_file(ROOT / "src" / "weft" / "programme_file" / "demo.yaml")
    call_command("collectstatic", interactive=False, verbosity=0)
    code = Conversation.objects.filter(closed_at=None, takes_statements=True).first().code
    server, port = served()
    try:
        files = weigh(port, f"/c/{code}/")
    finally:
        server.terminate()
        server.wait()
    for size, path in files:
        print(f"{size:8,}  {posixpath.basename(path) if path.startswith('/static/') else path}")
    return sum(size for size, _ in files)


def main() -> int:
    """Exit code 1 when the page is over its budget."""
    if not (ROOT / "src" / "weft" / "static" / "vendor" / "stamp.txt").exists():
        raise SystemExit("The front-end files are missing: run `make install` first.")
    with site("sqlite", WEFT_HASHED_FILES="1"):
        total = measure()
    print(f"{total:8,}  bytes of {BUDGET:,}")
    return 1 if total > BUDGET else 0


if __name__ == "__main__":
    sys.exit(main())
