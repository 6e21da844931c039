"""What a contributor's device keeps: one secret a conversation, so that nothing ties two conversations together."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

SLIP = "weft_slip"
TURN = "weft_turn"
AGE, AGE_SALT = "weft_age", "weft.age"
VISIT, VISIT_SECONDS, VISIT_SALT = "weft_visit", 15 * 60, "weft.visit"
A_YEAR = 400 * 24 * 3600
RECEIPT, RECEIPT_SECONDS, RECEIPT_SALT = "weft_receipt", 30 * 60, "weft.receipt.opened"


def cookie_name(code: str) -> str:
    """The cookie of one conversation."""
    return f"weft_part_{code.lower()}"


def is_shared(request: HttpRequest) -> bool:
    """Whether the device is in table mode: many take part on it, one after another."""
    return getattr(request, "table", None) is not None


def turn_of(request: HttpRequest) -> str:
    """Whose turn it is in table mode. A form names its own: it may have waited there while the next person began."""
    if request.method == "POST":
        return request.POST.get("turn", "")[:100]
    return request.table.turn if is_shared(request) else ""  # type: ignore[attr-defined]


def secret_of(request: HttpRequest, code: str) -> str:
    """The secret this device holds for a conversation, or none; in table mode that of whoever's turn it is."""
    turn = turn_of(request)
    if turn or is_shared(request):
        return secret_from(turn) if turn else ""
    return request.COOKIES.get(cookie_name(code), "")[:100]


def new_start() -> str:
    """What the page of a newcomer is given, to make their secret of."""
    return secrets.token_urlsafe(24)


def secret_from(start: str) -> str:
    """A newcomer's secret, made of what their page was given: so the same form sent twice is one person.

    What the page was given is kept nowhere; without it the secret is made of chance alone.
    """
    return salted_hmac("weft.secret", start or new_start(), algorithm="sha256").hexdigest()


def leave(response: HttpResponse, name: str, value: str, seconds: int | None, path: str) -> HttpResponse:
    """Leave a cookie on the device of whoever takes part, for some pages alone and for no script.

    Without `seconds` it goes when the browser is closed.
    """
    response.set_cookie(name, value, max_age=seconds, path=path, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


def remember(request: HttpRequest, response: HttpResponse, code: str, secret: str) -> HttpResponse:
    """Leave the secret on the device, for this conversation's pages alone; not on one that others use next."""
    if turn_of(request) or is_shared(request):
        return response
    return leave(response, cookie_name(code), secret, A_YEAR, reverse("conversations:part", args=[code.lower()]))


def open_receipt(response: HttpResponse, participant: str) -> HttpResponse:
    """Remember for half an hour whose receipt is open; the cookie names the participant and not the words."""
    return leave(
        response, RECEIPT, signing.dumps(participant, salt=RECEIPT_SALT), RECEIPT_SECONDS, reverse("receipts:find")
    )


def opened_receipt(request: HttpRequest) -> str:
    """The participant whose receipt is open on this device, or none."""
    try:
        return str(signing.loads(request.COOKIES.get(RECEIPT, ""), salt=RECEIPT_SALT, max_age=RECEIPT_SECONDS))
    except signing.BadSignature:
        return ""


def close_receipt(response: HttpResponse) -> HttpResponse:
    """Forget the open receipt."""
    response.delete_cookie(RECEIPT, path=reverse("receipts:find"))
    return response


def show_words(response: HttpResponse, code: str, participant: str) -> HttpResponse:
    """Begin the visit in which four words were given: for a quarter of an hour this device may show them."""
    return leave(
        response,
        VISIT,
        signing.dumps(participant, salt=VISIT_SALT),
        VISIT_SECONDS,
        reverse("receipts:sent", args=[code.lower()]),
    )


def may_show_words(request: HttpRequest, participant: str) -> bool:
    """Whether this is still the visit in which the participant was given their words."""
    try:
        given = signing.loads(request.COOKIES.get(VISIT, ""), salt=VISIT_SALT, max_age=VISIT_SECONDS)
    except signing.BadSignature:
        return False
    return bool(given == participant)


def say_age(request: HttpRequest, response: HttpResponse, code: str, age: str) -> HttpResponse:
    """Keep how old somebody says they are until they contribute, for this conversation and whoever's turn it is."""
    kept = signing.dumps([code, turn_of(request), age], salt=AGE_SALT)
    return leave(response, AGE, kept, None, reverse("conversations:part", args=[code.lower()]))


def age_said(request: HttpRequest, code: str) -> str:
    """How old whoever takes part says they are, or nothing yet."""
    try:
        said_in, turn, age = signing.loads(request.COOKIES.get(AGE, ""), salt=AGE_SALT)
    except signing.BadSignature:
        return ""
    return str(age) if (said_in, turn) == (code, turn_of(request)) else ""


def forget(response: HttpResponse, code: str, slip: str) -> HttpResponse:
    """Forget whoever took part in a conversation from this device: who they are, their receipt, and the last slip."""
    response.delete_cookie(cookie_name(code), path=reverse("conversations:part", args=[code.lower()]))
    response.delete_cookie(VISIT, path=reverse("receipts:sent", args=[code.lower()]))
    response.delete_cookie(AGE, path=reverse("conversations:part", args=[code.lower()]))
    response.delete_cookie(SLIP, path=slip)
    response.delete_cookie(TURN)
    return close_receipt(response)


def silent(response: HttpResponse) -> HttpResponse:
    """Nothing of the pages of a receipt is kept by a browser or told to another site."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
