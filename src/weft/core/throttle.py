"""Limits on what one caller may do in a while. No address is kept: a caller is a keyed hash that changes daily."""

from ipaddress import ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from weft.core import dates
from weft.core.errors import TooMany


def address(request: HttpRequest) -> str:
    """Where the request came from: the proxy's word for it only where there is a proxy. A /64 counts as one."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        given = request.headers.get("X-Forwarded-For", given).rpartition(",")[2].strip()
    try:
        known = ip_address(given)
    except ValueError:
        return "unknown"
    return known.exploded[:19] if known.version == 6 else str(known)


def caller(request: HttpRequest) -> str:
    """The caller's name for today; tomorrow the same caller has another."""
    return salted_hmac(f"weft.caller.{dates.today()}", address(request), algorithm="sha256").hexdigest()[:24]


def is_over(what: str, who: str, limit: int) -> bool:
    """Whether the limit has been reached."""
    return int(cache.get(f"throttle:{what}:{who}", 0)) >= limit


def count(what: str, who: str, seconds: int) -> int:
    """Count one, and say how many there were in this while."""
    key = f"throttle:{what}:{who}"
    if cache.add(key, 1, seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        cache.set(key, 1, seconds)
        return 1


def limit(request: HttpRequest, what: str, most: int, seconds: int = 600) -> None:
    """Hold back a caller who sends more in a while than a full hall would."""
    if count(what, caller(request), seconds) > most:
        raise TooMany("A lot was sent from here in a short time. Wait ten minutes, then send it again.")
