"""Pages as they are read."""

from django.http import HttpResponse


def read(page: HttpResponse) -> str:
    """The HTML of a page with one space where it has several: a template may break a line between any two words."""
    return " ".join(page.content.decode().split())
