"""Every page that somebody can reach from the first one, by its links."""

import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

from tests.journeys.walker import links as links_of
from weft.people.accounts.models import User

MOST = 4000
SAME = re.compile("(focus|next)=")  # the same page in another light, or on the way to another


def pages(user: User | None, starts: tuple[str, ...] = ("/",), most: int = MOST) -> dict[str, str]:
    """The text of every page, by its address. Orders and parts of one list are followed, other sites are not."""
    client = Client()
    if user is not None:
        client.force_login(user)
    found: dict[str, str] = {}
    todo = deque(starts)
    seen = set(starts)
    while todo and len(found) < most:
        address = todo.popleft()
        response = client.get(address)
        assert response.status_code < 500, f"{address} answered {response.status_code}"
        if response.status_code in {301, 302}:
            links = [response["Location"]]
        elif response["Content-Type"].startswith("text/html"):
            found[address] = response.content.decode()
            links = links_of(found[address])
        else:
            found[address], links = response.content.decode("utf-8", "replace"), []
        for link in links:
            to = urlsplit(urldefrag(urljoin(address, link))[0])
            path = to.path + (f"?{to.query}" if to.query and not SAME.search(to.query) else "")
            if not to.netloc and path.startswith("/") and path not in seen:
                seen.add(path)
                todo.append(path)
    return found
