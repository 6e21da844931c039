"""Whoever types wrong words or a wrong PIN waits, and nobody waits for what others typed on the same network.

docs/safety.md says what each of these limits is for.
"""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse

from weft.core import throttle
from weft.listen.device import leave

MARK, MARK_SECONDS, SETTLING_SECONDS = "weft_device", 3600, 60
MARKS_A_CALLER = 60  # in as long as a mark lasts
WRONG, WRONG_SECONDS = 10, 600
MANY, VERY_MANY, A_DAY = 300, 1000, 24 * 3600  # wrong tries for one conversation
WAIT = "There were too many wrong tries. Wait ten minutes, then try again."
WAIT_A_MINUTE = "There were too many wrong tries from this network. Wait one minute, then try again."


@dataclass(frozen=True)
class Guesser:
    """One device that asks for a receipt or types a PIN: its caller, and the mark that tells it from others there."""

    caller: str
    mark: str
    is_settled: bool
    what: str = "receipt"

    @classmethod
    def of(cls, request: HttpRequest, what: str = "receipt") -> "Guesser":
        """Who sent this request. A mark less than a minute old, or one given to another caller, tells nothing."""
        caller = throttle.caller(request)
        kept = request.COOKIES.get(MARK, "")
        mark = _read(kept, caller, MARK_SECONDS)
        return cls(caller, mark, bool(mark) and not _read(kept, caller, SETTLING_SECONDS), what)

    @property
    def who(self) -> str:
        """Under what name wrong tries are counted: the device's own, or that of everybody from there."""
        return f"{self.caller}.{self.mark}" if self.is_settled else self.caller

    def wait_for(self, code: str) -> str:
        """Why they wait before they may try again in this conversation; nothing if they need not."""
        wait = WAIT if self.is_settled or not self.mark else WAIT_A_MINUTE
        if throttle.is_over(self.what, self.who, WRONG):
            return wait
        if throttle.is_over(f"{self.what}s-of", code, VERY_MANY):
            return WAIT if throttle.is_over(f"{self.what}-from", self.caller, 1) else ""
        if throttle.is_over(f"{self.what}s-of", code, MANY) and throttle.is_over(self.what, self.who, 1):
            return wait
        return ""

    def count(self, code: str) -> None:
        """Count a wrong try: of the device, of its network, and for the conversation."""
        throttle.count(self.what, self.who, WRONG_SECONDS)
        throttle.count(f"{self.what}-from", self.caller, WRONG_SECONDS)
        throttle.count(f"{self.what}s-of", code, A_DAY)

    def marked(self, response: HttpResponse, path: str) -> HttpResponse:
        """Mark a device that has no mark, as many of one caller as there may be; the page at `path` reads it."""
        if self.mark or throttle.count("marks", self.caller, MARK_SECONDS) > MARKS_A_CALLER:
            return response
        mark = _signer(self.caller).sign(secrets.token_urlsafe(9))
        return leave(response, MARK, mark, MARK_SECONDS, path)


def _signer(caller: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"weft.device.{caller}")


def _read(kept: str, caller: str, seconds: int) -> str:
    """The mark, if it was given to this caller and within so many seconds."""
    try:
        return _signer(caller).unsign(kept, max_age=seconds)
    except signing.BadSignature:
        return ""
