"""Pages that items of every kind have."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from weft.core.pages import confirm_page
from weft.provenance.models import Node
from weft.provenance.queries import rests_on

CODE_STAYS = "Its code stays, with the day it was taken back. It cannot be undone."


def withdraw_page(
    request: HttpRequest, node: Node, act: Callable[[], object], *also: str, what: str = "", then: Node | None = None
) -> HttpResponse:
    """Say what rests on an item before it is taken back, then do it and show what is left.

    `what` people call it, where that is not its kind; `also` are sentences about what stays and what goes.
    """
    if request.method == "POST":
        act()
        return redirect(then or node)
    what = f"this {what or node.about.name.lower()}"
    said = [rests_on(node, what), *also]
    return confirm_page(request, f"Take {what} back?", said, "Take it back", node.get_absolute_url())
