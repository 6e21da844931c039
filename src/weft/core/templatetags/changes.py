"""What changed between two versions, piece by piece."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from weft.core.differences import Piece

register = template.Library()

WENT = '<del class="weft-went"><span class="govuk-visually-hidden">[taken out: </span>{}'
CAME = '<ins class="weft-came"><span class="govuk-visually-hidden">[put in: </span>{}'
END = '<span class="govuk-visually-hidden">]</span>'
MARKUP = {"same": "{}", "went": f"{WENT}{END}</del>", "came": f"{CAME}{END}</ins>"}


@register.simple_tag
def changed_text(pieces: Iterable[Piece]) -> SafeString:
    """A text with what was taken out and put in. Every space of it shows, so no line is broken between the pieces."""
    said = format_html_join("", "{}", ((format_html(MARKUP[piece.how], piece.text),) for piece in pieces))
    return format_html('<div class="weft-card weft-typed weft-measure" dir="auto">{}</div>', said)
