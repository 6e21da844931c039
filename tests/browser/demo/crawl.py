"""Every page that can be reached by following links, by the route that answers it."""

from collections import Counter, defaultdict, deque
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, ResolverMatch, resolve

from tests.journeys.walker import Walker, links


def match(address: str) -> ResolverMatch | None:
    """The route that answers an address, if it is one of the site's."""
    parts = urlsplit(address)
    try:
        return resolve(parts.path) if not parts.netloc else None
    except Resolver404:
        return None


def crawl(walker: Walker, *starts: str, of_each: int = 2) -> dict[str, list[str]]:
    """Follow links until nothing new turns up; pages of each route in the order in which they were met.

    So many pages `of_each` kind are opened.
    """
    found: dict[str, list[str]] = defaultdict(list)
    met: Counter[tuple[str, str]] = Counter()
    waiting, seen = deque(starts), set(starts)
    while waiting:
        address = waiting.popleft()
        route = match(address)
        if route is None:
            assert urlsplit(address).netloc or "." in address, f"a link leads to {address}, which is nowhere"
            continue
        kind = (route.view_name, route.kwargs.get("stage", ""))  # each tab of a workspace is a kind of its own
        met[kind] += 1
        if met[kind] > of_each:
            continue
        walker.open(address)
        assert walker.status < 400, f"a link leads to {address}, which answers {walker.status}"
        if walker.address == address:
            found[route.view_name].append(address)
        for href in links(walker.html):
            target = urljoin(walker.address, href).partition("#")[0]
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return dict(found)
