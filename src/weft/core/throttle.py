"""Limits on what one caller may do in a while. No address is kept: a caller is a keyed hash that changes daily.

They are counted in the database, since several processes answer, and a limit that each counts for itself is several.
"""

import hashlib
import time
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from weft.core import dates
from weft.core.errors import TooMany
from weft.core.models import Throttle


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


def network(request: HttpRequest) -> str:
    """The network that a request came from, a /24 or a /56, for what is forgotten with the request."""
    found = address(request)
    if found == "unknown":
        return found
    full = ip_address(f"{found}::" if ":" in found else found)
    return str(ip_network(f"{full}/{56 if full.version == 6 else 24}", strict=False))


def caller(request: HttpRequest) -> str:
    """The caller's name for today; tomorrow the same caller has another."""
    return salted_hmac(f"weft.caller.{dates.today()}", address(request), algorithm="sha256").hexdigest()[:24]


def _key(what: str, who: str) -> bytes:
    return hashlib.sha256(f"{what}:{who}".encode()).digest()


def is_over(what: str, who: str, limit: int) -> bool:
    """Whether the limit has been reached."""
    return Throttle.objects.filter(key=_key(what, who), ends_at__gt=int(time.time()), count__gte=limit).exists()


COUNT = """
INSERT INTO core_throttle (key, count, ends_at) VALUES (%s, 1, %s) ON CONFLICT (key) DO UPDATE SET
count = CASE WHEN core_throttle.ends_at <= %s THEN 1 ELSE core_throttle.count + 1 END,
ends_at = CASE WHEN core_throttle.ends_at <= %s THEN excluded.ends_at ELSE core_throttle.ends_at END
"""


def count(what: str, who: str, seconds: int) -> int:
    """Count one, and say how many there were in this while, in whichever process. What is over is forgotten."""
    key, now = _key(what, who), int(time.time())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNT, [key, now + seconds, now, now])
        cursor.execute("SELECT count FROM core_throttle WHERE key = %s", [key])
        (number,) = cursor.fetchone()
        if number == 1:
            cursor.execute("DELETE FROM core_throttle WHERE ends_at <= %s", [now])
    return int(number)


def limit(request: HttpRequest, what: str, most: int, seconds: int = 600) -> None:
    """Hold back a caller who sends more in a while than a full hall would."""
    if count(what, caller(request), seconds) > most:
        raise TooMany("A lot was sent from here in a short time. Wait ten minutes, then send it again.")
