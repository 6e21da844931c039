"""Table mode: a device on which many take part, one after another, and on which nothing of the last one is left.

Two cookies: that the device is in table mode, for the day; and whose turn it is, until the browser is closed, two hours
at most. Both name the table by its key, so that they mean nothing once a member has ended it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from weft.listen import device
from weft.listen.conversations.models import Conversation
from weft.listen.conversations.queries import conversation_at

TABLE, TABLE_SALT, A_DAY = "weft_table", "weft.table", 24 * 3600
TURN_SALT, TURN_SECONDS = "weft.turn", 2 * 3600
STILL, STILL_LONGER, ASKED = 45, 180, 20  # seconds until somebody is asked whether they are there, and to answer that
FINISHED = b"data-weft-finished"  # in every page of taking part, which forgets by its own means
WRITING = 600  # where somebody writes and no script can tell that they do


@dataclass(frozen=True)
class Seat:
    """A device in table mode: for which conversation, and whose turn it is, if it is anybody's."""

    conversation: Conversation
    turn: str = ""  # the secret of whoever is there is made of it
    needs_time: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "Seat | None":
        """The seat of this device, as long as table mode is on."""
        if TABLE not in request.COOKIES:
            return None
        key = _read(request.COOKIES[TABLE], TABLE_SALT, A_DAY)
        conversation = conversation_at(UUID(key)) if key else None
        if conversation is None:
            return None
        mine, turn, needs_time = _read(request.COOKIES.get(device.TURN, ""), TURN_SALT, TURN_SECONDS) or ("", "", False)
        return cls(conversation, turn, needs_time) if mine == key else cls(conversation)

    @property
    def still(self) -> int:
        """Seconds without a touch until somebody is asked whether they are there."""
        return STILL_LONGER if self.needs_time else STILL

    @property
    def asked(self) -> int:
        """Seconds to answer that."""
        return ASKED

    @property
    def unseen(self) -> int:
        """Seconds until a page forgets by itself where no script can tell whether somebody is there."""
        return self.still + self.asked

    @property
    def writing(self) -> int:
        """The same of a page on which somebody writes."""
        return WRITING


def _read(kept: str, salt: str, seconds: int) -> Any:
    """What a cookie of ours holds, or nothing."""
    try:
        return signing.loads(kept, salt=salt, max_age=seconds)
    except signing.BadSignature:
        return None


def sit_down(response: HttpResponse, conversation: Conversation) -> HttpResponse:
    """Put the device into table mode until it ends."""
    kept = signing.dumps(str(conversation.table_key), salt=TABLE_SALT)
    left = (conversation.table_until or timezone.now()) - timezone.now()
    return device.leave(response, TABLE, kept, int(left.total_seconds()), "/")


def begin_turn(response: HttpResponse, seat: Seat, needs_time: bool) -> HttpResponse:
    """Let somebody begin, as somebody new."""
    kept = signing.dumps([str(seat.conversation.table_key), device.new_start(), needs_time], salt=TURN_SALT)
    return device.leave(response, device.TURN, kept, None, "/")


def end_turn(response: HttpResponse, code: str) -> HttpResponse:
    """Forget whose turn it is, and that they may see their four words."""
    response.delete_cookie(device.TURN)
    response.delete_cookie(device.VISIT, path=reverse("receipts:sent", args=[code]))
    return response


def get_up(response: HttpResponse, code: str) -> HttpResponse:
    """Make the device an ordinary one again."""
    response.delete_cookie(TABLE)
    return end_turn(response, code)


class Tables:
    """What a device in table mode is shown: the start page between two people, and no receipt.

    It stands before every page, so that one which is added later cannot forget the next person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seat = Seat.of(request)
        request.table = seat  # type: ignore[attr-defined]
        response = self.get_response(request)
        if _is_of_another(request, response, seat.turn if seat else ""):
            response = redirect("conversations:part", _code(request))
        if seat is not None:
            return _forgetting(request, response, seat)
        for name in {TABLE, device.TURN} & request.COOKIES.keys() - response.cookies.keys():
            response.delete_cookie(name)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """What is shown instead of a page, if anything."""
        seat: Seat | None = request.table  # type: ignore[attr-defined]
        if seat is None:
            return None
        if request.path.startswith(reverse("receipts:find")):
            return device.silent(_shown(request, "no_receipt", seat, 403))
        is_own = request.resolver_match is not None and request.resolver_match.app_names == ["tables"]
        if not _code(request) or request.method == "POST" or is_own:
            return None
        if request.user.is_authenticated:
            return device.silent(_shown(request, "signed_in", seat, 403))
        if seat.turn and _code(request) == seat.conversation.code:
            return None
        start = reverse("conversations:part", args=[seat.conversation.code])
        return device.silent(_shown(request, "start", seat) if request.path == start else redirect(start))


def _code(request: HttpRequest) -> str:
    """The code in the address of a page of taking part; nothing on any other page."""
    match = request.resolver_match
    return str(match.kwargs["code"]) if match and match.route.startswith("c/") else ""


def _shown(request: HttpRequest, template: str, seat: Seat, status: int = 200) -> HttpResponse:
    """A page of table mode."""
    conversation = seat.conversation
    words = {"conversation": conversation, "programme": conversation.programme, "team": conversation.team}
    return render(request, f"tables/{template}.html", words, status=status)


def _is_of_another(request: HttpRequest, response: HttpResponse, turn: str) -> bool:
    """Whether a form of somebody who was here before has arrived, so that what it led to is shown to nobody.

    What asks to be sent again later is told so.
    """
    return (
        request.method == "POST"
        and _code(request) != ""
        and request.POST.get("turn", turn) != turn
        and response.status_code < 429
    )


def _forgetting(request: HttpRequest, response: HttpResponse, seat: Seat) -> HttpResponse:
    """Let a page on which nobody can say that they have finished lead back to the start by itself."""
    forgets = "Location" in response or response.streaming or FINISHED in response.content
    if not (forgets or request.user.is_authenticated):
        over = reverse("tables:over", args=[seat.conversation.code])
        response["Refresh"] = f"{seat.unseen if response.status_code >= 400 else seat.writing}; url={over}"
    return response
