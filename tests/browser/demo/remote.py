"""A plain HTTP client with the manners of Django's test client, so that the walker can walk a site that is served."""

from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

SECONDS = 30


@dataclass
class Answer:
    """What came back, after following where it led."""

    status_code: int
    content: bytes
    redirect_chain: list[tuple[str, int]] = field(default_factory=list)


class Remote:
    """Somebody with cookies and nothing else."""

    def __init__(self, site: str) -> None:
        self.host = site.removeprefix("http://")
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, address: str, data: dict[str, Any] | None = None, follow: bool = True) -> Answer:
        """Read a page."""
        query = f"?{urlencode(data, doseq=True)}" if data else ""
        return self._send(Request(f"http://{self.host}{address.partition('#')[0]}{query}"))

    def post(self, address: str, data: dict[str, Any], follow: bool = True) -> Answer:
        """Send a form."""
        return self._send(Request(f"http://{self.host}{address}", urlencode(data, doseq=True).encode()))

    def _send(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=SECONDS) as reply:
                found = Answer(reply.status, reply.read())
                arrived = reply.geturl()
        except HTTPError as error:
            found, arrived = Answer(error.code, error.read()), error.geturl()
        if arrived != request.full_url:
            parts = urlsplit(arrived)
            found.redirect_chain.append((parts.path + (f"?{parts.query}" if parts.query else ""), 302))
        return found
