"""Hiding a part of a story from everybody but its teller and those whom it was told to, and showing it again.

The words leave the text and wait in a table of their own, and a mark stands in their place. So whatever shows, quotes,
exports or searches the text obeys without knowing of it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from weft.core.errors import Refused
from weft.core.text import canonical
from weft.listen.stories.actions import title_of, to_change
from weft.listen.stories.models import HiddenPart, HiddenWhy, Story
from weft.people.accounts.models import User
from weft.people.audit.actions import audit
from weft.provenance.actions import retitle
from weft.provenance.registry import NOUNS

CHANGED = "Somebody else changed this story since you opened the page. Look at it again, and choose anew."


class Swap(NamedTuple):
    """Some words of a text, end exclusive, and what is to stand in their place."""

    start: int
    end: int
    put: str


@transaction.atomic
def hide(
    *,
    by: User,
    row: Story,
    spans: Iterable[tuple[int, int]],
    why: str,
    because: str = "",
    revision: int | None = None,
) -> list[HiddenPart]:
    """Hide parts of a story, each named by where it stands in the text as it reads now, end exclusive."""
    story = _held(row, revision)
    reason, spans = HiddenWhy(why), sorted(set(spans))
    if reason == HiddenWhy.OTHER and not because.strip():
        raise Refused("Say the reason in a few words. Your team reads it.", field="because")
    if not spans:
        raise Refused("Nothing is chosen yet. Choose the words to hide.", field="words")
    _check(story, spans)
    at, before, parts = timezone.now(), story.text, list(story.hidden_parts.all())
    swaps = [Swap(start, end, reason.mark) for start, end in spans]
    after = moved(swaps)
    for part in parts:
        part.start = after(part.start)
    HiddenPart.objects.bulk_update(parts, ["start"])
    made = [
        HiddenPart(
            story=story,
            start=after(start),
            words=before[start:end],
            why=reason,
            because=because.strip()[:200],
            hidden_by=by,
            hidden_at=at,
        )
        for start, end in spans
    ]
    HiddenPart.objects.bulk_create(made)
    _rewrite(story, swaps)
    audit(by=by, did="hid part of story", on=story.node, why=str(reason), parts=len(made))
    return made


@transaction.atomic
def show_again(*, by: User, row: Story, part: int, revision: int | None = None) -> Story:
    """Show a part of a story again to whoever may read the story."""
    story = _held(row, revision)
    one = story.hidden_parts.filter(pk=part).first()
    if one is None:
        raise Refused("That part is shown already.")
    swap = Swap(one.start, one.end, one.words)
    one.delete()
    after, others = moved([swap]), list(story.hidden_parts.all())
    for other in others:
        other.start = after(other.start)
    HiddenPart.objects.bulk_update(others, ["start"])
    _rewrite(story, [swap])
    audit(by=by, did="showed part of story again", on=story.node)
    return story


def _held(row: Story, revision: int | None) -> Story:
    story = to_change(row)
    if revision not in {None, story.revision}:
        raise Refused(CHANGED)
    story.text = canonical(story.text)  # in which passages are counted
    return story


def _check(story: Story, spans: Sequence[tuple[int, int]]) -> None:
    """Each part lies in the text, apart from the others and from what is hidden already."""
    taken = [*spans, *((part.start, part.end) for part in story.hidden_parts.all())]
    edges = [edge for span in sorted(taken) for edge in span]
    outside = edges[0] < 0 or edges[-1] > len(story.text)
    if outside or edges != sorted(edges) or any(start >= end for start, end in spans):
        raise Refused("The parts to hide must lie in the text, apart from each other and from what is hidden already.")


def _rewrite(story: Story, swaps: Sequence[Swap]) -> None:
    """Let a story, its title, and what was taken from it, read as it does once some words are swapped."""
    story.text, story.revision = swapped(story.text, swaps), story.revision + 1
    story.save(update_fields=["text", "revision"])
    retitle(node=story.node, title=title_of(story.text), text=story.text)
    for noun in NOUNS.values():
        if noun.follow_text:
            noun.follow_text(of=story.node, text=story.text, moved=moved(swaps))


def swapped(text: str, swaps: Sequence[Swap]) -> str:
    """A text with some of its words swapped."""
    for swap in reversed(swaps):
        text = text[: swap.start] + swap.put + text[swap.end :]
    return text


def moved(swaps: Sequence[Swap]) -> Callable[..., int]:
    """Where a place in a text is once some words are swapped: `is_end` tells the end of something from its start.

    A place within swapped words is moved to where what is put there starts or ends, so that nobody holds half of it.
    """

    def place(at: int, is_end: bool = False) -> int:
        shift = 0
        for swap in swaps:
            if at <= swap.start:
                break
            if at < swap.end:
                return swap.start + shift + (len(swap.put) if is_end else 0)
            shift += len(swap.put) - (swap.end - swap.start)
        return at + shift

    return place
