"""The few pages that belong to no area: the parts of the design, privacy, accessibility."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from weft.core import access, counts, forms
from weft.core.errors import Changed
from weft.core.keeping import What, Whom, kept_of
from weft.core.pages import page


@dataclass(frozen=True)
class ShownTeam:
    """A team that is only a name and a colour, for the page of parts."""

    name: str
    colour: int


TEAMS = [
    ShownTeam(name, colour)
    for colour, name in enumerate(
        (
            *("Woad, plain", "Madder, stitched", "Fern, dotted", "Weld, doubled"),
            *("Heather, long and short", "Walnut, barred", "Sky, paired", "Sloe, sparse"),
            "The ninth: woad again, another shape",
        ),
        1,
    )
]
# drawings and words as other rooms put them together
KINDS = (
    *(("lived", "Lived experience"), ("practice", "Practice"), ("administrative", "Administrative data")),
    *(("academic", "Academic"), ("local", "Local and traditional")),
)
ENDS = (
    *(("asked", "Asked"), ("acknowledged", "Acknowledged"), ("yes", "Yes"), ("partly", "Partly")),
    *(("no", "No, with reasons"), ("silence", "No reply for 41 days"), ("done", "Done")),
)
OUTCOMES = (
    *(("as_hoped", "Went as hoped"), ("differently", "Went differently"), ("not_at_all", "Did not go as hoped")),
    *(("changed", "Plan changed"), ("against", "Speaks against"), ("gap", "Not known yet")),
)
LEVELS = ((1, "Few worries"), (2, "Some worries"), (3, "Many worries"))
TABS = [
    {"key": key, "name": name, "url": "#tabs", "waits": waits}
    for key, name, waits in (
        ("listen", "Listen", "open now"),
        ("sense", "Make sense", "3 to read"),
        ("frame", "Frame", "agreed"),
        ("act", "Act", "2 to do"),
        ("learn", "Learn", "1 to write"),
        ("share", "Share", "1 silent"),
    )
]
SAID = (
    ("Sent", "Sent. We have your story. Someone in the team reads it by Friday 26 November."),
    ("No connection", "Kept on this phone. It goes once you are back online. You can close this page."),
    ("Taken back", "Taken back. Your words are gone from every page that others read, as of now."),
    ("Nothing used", "Nothing you said has been used so far. It was read on 9 June and is still on file."),
    ("Silence", "No reply for 41 days. The team asked again on 1 November."),
    ("Closed", "This conversation closed on 30 June. What came of it is on the programme’s pages."),
    (
        "Words not known",
        "We do not know these four words. Check the spelling, one word at a time. Each word is on your slip.",
    ),
    ("Too few to show", f"{capfirst(counts.too_few())}, so the number is not shown."),
)
NEWER = "The pool is free. The bus is not, and it costs more than the swim ever did."
YOURS = "The pool is free but the bus is not."


WRONG = {"story": "too long " * 30, "amount": "12.505", "day": "31 February 2026", "how": "stepped", "key": "?"}


class EveryField(forms.Form):
    """One of each field, for the page of parts."""

    done = "sent"
    key = forms.KeyField()
    title = forms.LineField(limit=80, help_text="What you would say on the phone.")
    story = forms.TextField(limit=200, noun="Your story", label="What happened?")
    email = forms.EmailField(required=False)
    people = forms.NumberField(label="How many came?", lowest=0, highest=5000)
    amount = forms.PoundsField(label="Amount in pounds")
    day = forms.DayField(label="Which day?")
    starts = forms.ClockField(label="Starts at", required=False)
    place = forms.SelectField(choices=[("", "Pick one"), ("pool", "The pool"), ("hall", "The hall")])
    how = forms.RadiosField(
        label="How did it go?",
        choices=[("straight", "As hoped"), ("stepped", "Differently"), ("looped", "Not as hoped")],
        hints={"stepped": "Something else happened, for better or worse."},
    )
    under_18 = forms.RadiosField(label="Are you under 18?", choices=[("yes", "Yes"), ("no", "No")], inline=True)
    uses = forms.TicksField(
        label="What may we do with it?",
        choices=[("analyse", "Use it to find what people share"), ("quote", "Quote my words, with no name")],
        hints={"analyse": "If you leave this empty, we read it and do nothing else with it."},
        required=False,
    )
    sure = forms.TickField(label="I have asked everyone in the picture", required=True)
    about = forms.StitchField(label="My story is more about", low="Money", high="Feeling welcome")


@access.everyone
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Every part once, for looking at and testing. `?errors=1` shows the fields with what can go wrong."""
    form = EveryField(WRONG if "errors" in request.GET else None)
    context = {
        "teams": TEAMS,
        "kinds": KINDS,
        "ends": ENDS,
        "outcomes": OUTCOMES,
        "levels": LEVELS,
        "tabs": TABS,
        "said": SAID,
        "changed": Changed(saved=NEWER, sent=YOURS, revision=2, saved_by="Ana"),
        "numbers": Paginator(range(90), 10).get_page(request.GET.get("page")),
    }
    return page(request, "core/parts.html", context, form)


# What the page on privacy calls what is kept of a contributor. Something new has no sentence yet, and fails its test.
KEPT = {
    What.IDENTITY: "a number for you in each conversation, and no name",
    What.VOICE: "what you wrote: your story, your cards, and passages that the team took from them",
    What.ANSWER: "your answers, and what you allowed",
    What.ABOUT_YOU: "whether you said that you are under 18",
    What.SAFEGUARDING: "where somebody may be in danger: what the safeguarding lead, and nobody else, notes of it",
    What.TECHNICAL: "scrambled forms of your four words and of a secret on your device, and how and when you came",
}


@access.everyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, and what is not."""
    kept = [(KEPT[what], " or ".join(ends)) for what, ends in kept_of(Whom.CONTRIBUTOR)]
    return page(request, "core/privacy.html", {"kept": kept})


@access.everyone
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and whom to tell when it does not."""
    return page(request, "core/accessibility.html")
