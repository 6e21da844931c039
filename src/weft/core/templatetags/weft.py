"""The small parts of every page: team names, colours, states, stitches, tabs; and how numbers and days are said."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, Protocol

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from weft.core import counts, dates, drawings, money, text
from weft.pictures import qr as codes
from weft.pictures.colour import team_class

register = template.Library()

# the drawing of a state, by the value of its enum or by a name of its own
ENDS: Final = {
    "asked": "asked",
    "acknowledged": "acknowledged",
    "yes": "yes",
    "partly": "partly",
    "no": "no",
    "silence": "silence",
    "done": "done",
    "planned": "asked",
    "running": "running",
    "ended": "yes",
}
# the drawing of how something went
LINES: Final = {
    "as_hoped": "straight",
    "differently": "stepped",
    "not_at_all": "looped",
    "changed": "changed",
    "against": "against",
    "supports": "straight",
    "gap": "gap",
}
# words for what is in no enum; all others come from the label of theirs
WORDS: Final = {
    "silence": "No reply",
    "done": "Done",
    "changed": "Plan changed",
    "against": "Speaks against",
    "supports": "Speaks for it",
    "gap": "Not known yet",
}


class Named(Protocol):
    """A team, as far as a page needs it to say its name."""

    name: str
    colour: int


@register.simple_tag
def logo() -> SafeString:
    """Two threads through three."""
    return drawings.drawing("logo")


@register.simple_tag
def drawing(name: str) -> SafeString:
    """A drawing by its name in `core.drawings`."""
    return drawings.drawing(name)


@register.filter
def with_marks(said: str) -> SafeString:
    """A plain text in which marks stand in place of words that were taken back or are hidden."""
    return text.with_marks(said)


@register.filter
def colour_class(team: Named | None) -> str:
    """The class that sets the team's colours for everything inside; empty without a team."""
    return team_class(team.colour - 1) if team else ""


@register.simple_tag
def team_name(team: Named | None) -> SafeString:
    """The team's shape and name; nothing without a team."""
    if not team:
        return SafeString("")
    mark = drawings.shape(team.colour)
    return format_html('<span class="weft-team {}">{}{}</span>', colour_class(team), mark, team.name)


@register.simple_tag
def colour_band(team: Named) -> SafeString:
    """The band of colour along the top of a team's card."""
    return drawings.colour_band(team.colour)


@register.simple_tag
def qr(content: str, label: str) -> SafeString:
    """A QR code; `label` says what it opens."""
    return mark_safe(codes.qr(content, label))


@register.simple_tag
def kind(drawing: str, words: str) -> SafeString:
    """A kind of knowledge: its weave and its name."""
    return format_html('<span class="weft-kind">{}{}</span>', drawings.drawing(drawing), words)


@register.simple_tag
def kinds(named: Iterable[tuple[str, str]]) -> SafeString:
    """Several kinds of knowledge, by drawing and name, as a list."""
    items = format_html_join("", "<li>{}</li>", ((kind(*each),) for each in named))
    return format_html('<ul class="weft-kinds" aria-label="Kinds of knowledge">{}</ul>', items) if items else items


@register.simple_tag
def status(state: str, words: str = "") -> SafeString:
    """The end of a thread by its state, and the label of that state or other words."""
    drawn = drawings.drawing(ENDS[state])
    return format_html('<span class="weft-status">{}{}</span>', drawn, words or WORDS[state])


@register.simple_tag
def outcome(how: str, words: str = "") -> SafeString:
    """How something went, with its label, or another line with a name: changed, against, supports, gap."""
    drawn = drawings.drawing(LINES[how])
    return format_html('<span class="weft-label">{}{}</span>', drawn, words or WORDS[how])


@register.simple_tag
def level(stitches: int, words: str) -> SafeString:
    """One to three stitches: how much worries us; fewer is surer."""
    return format_html('<span class="weft-level">{}{}</span>', drawings.drawing(f"level{stitches}"), words)


@register.simple_tag
def progress(done: int, left: int, words: str = "") -> SafeString:
    """Stitches done and to come, with words: "3 answered, 9 left"."""
    said = words or f"{done:,} answered, {left:,} left"
    return format_html('<p class="weft-progress">{}<span>{}</span></p>', drawings.stitches(int(done), int(left)), said)


@register.inclusion_tag("core/_stages.html")
def stage_tabs(tabs: Iterable[Mapping[str, str] | Any], current: str = "") -> dict[str, object]:
    """Six links on one thread. A tab has `key`, `name`, `url` and `waits`, what waits there in a word or three."""
    return {"tabs": tabs, "current": current}


@register.simple_tag
def back_link(address: str, words: str) -> SafeString:
    """The way back from a page that stands below another."""
    return format_html('<nav aria-label="Back"><a class="govuk-back-link" href="{}">{}</a></nav>', address, words)


@register.inclusion_tag("core/_empty.html")
def empty_state(sentence: str, href: str = "", button: str = "") -> dict[str, str]:
    """Nothing yet: why, and where there is something to do next, a button for it."""
    return {"sentence": sentence, "href": href, "button": button}


@register.simple_tag(takes_context=True)
def nav_link(context: Context, page: str, words: str) -> SafeString:
    """A link of the programme's navigation to a page by its name; it says when it is the page one is on."""
    request, address = context.get("request"), reverse(page, args=[context["programme"].slug])
    here = SafeString(' aria-current="page"') if request is not None and request.path == address else ""
    return format_html('<a href="{}"{}>{}</a>', address, here, words)


@register.filter
def people(number: int | None) -> str:
    """A count of people as the disclosure rule allows it to be said on a page anyone may read."""
    return "" if number is None else counts.people(int(number))


@register.filter
def people_inside(number: int | None) -> str:
    """The same for pages that only the team reads."""
    return "" if number is None else counts.people(int(number), inside=True)


@register.simple_tag
def too_few() -> str:
    """What is said of a number of people that is too small to be told to everybody."""
    return counts.too_few()


@register.filter
def others(number: int) -> str:
    """How many things are held back from this reader: "12", and "some" for a few."""
    return counts.others(int(number))


@register.filter
def pounds(pence: int | None) -> str:
    """Pence as pounds: "1,240 pounds", "9.60 pounds"."""
    return "" if pence is None else money.pounds(int(pence))


@register.filter
def amount(pence: int | None) -> str:
    """The same without the unit, where that stands elsewhere."""
    return "" if pence is None else money.amount(int(pence))


@register.filter
def day(when: date | datetime | None) -> str:
    """A day in words: "30 June 2027"."""
    return dates.day(when) if when else ""


@register.filter
def near_day(when: date | datetime | None) -> str:
    """The same, with the year only where it is another one."""
    return dates.near_day(when)


@register.filter
def daytime(when: datetime | None) -> str:
    """A day and the time of day in words."""
    return dates.daytime(when) if when else ""


@register.filter
def plural(number: int, words: str) -> str:
    """The number with its word: `{{ 3|plural:"story,stories" }}` is "3 stories"."""
    one, many = words.split(",")
    return f"{number:,} {one if number == 1 else many}"
