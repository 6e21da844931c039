"""The parts of a file that hold what people said."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from weft.filing.parts import (
    Code,
    Day,
    Hex,
    JoinCode,
    Moment,
    Part,
    PersonName,
    TeamName,
    VenueName,
    VisibilityName,
    letter,
    may,
    need,
    shown,
)

ScopeName = Literal["analyse", "quote", "describe", "tell"]
StateName = Literal["held", "kept", "not_used", "released"]
StatementCode = Annotated[Code, AfterValidator(letter("T"))]
StoryCode = Annotated[Code, AfterValidator(letter("Y"))]


def _scope(value: Any) -> Any:
    return {"scope": value} if isinstance(value, str) else value


def _votes(value: Any) -> Any:
    signs = re.sub(r"\s", "", value) if isinstance(value, str) else ""
    if isinstance(value, str) and (wrong := sorted({*signs} - {*"+-0."})):
        raise ValueError(f"found {shown(wrong[0])} among the answers; only + - 0 and . were expected.")
    return signs if isinstance(value, str) else value


def _seconds(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return [float(one) for one in value.split()]
    except ValueError:
        raise ValueError(f"found {shown(value)}; numbers of seconds with spaces between them were expected.") from None


FIRST_WORDING = "2026-11"  # of the sentences beside choices; files of that time name none


class Given(Part):
    """One consent with its own wording or time. Written as a word where it has neither."""

    scope: ScopeName = need("What is allowed.")
    wording: str | None = may(None, "The version of the sentence that was read; the `wording` beside the list.", 20)
    at: Moment | None = may(None, "When; when they came or told the story.")


class Change(Part):
    """An earlier answer that was replaced."""

    statement: StatementCode = need("The statement.")
    choice: Literal["+", "-", "0"] = need("What was answered first.")
    at: Moment = need("When.")


class Statement(Part):
    """One sentence that others can agree or disagree with."""

    code: StatementCode = need("Its code.")
    text: str = need("The sentence.", 1000)
    number: int | None = may(None, "Its number in the conversation; its place in the list.", ge=0)
    author: int | None = may(None, "The number of the participant who said it; left out for the team's own.", ge=0)
    by: PersonName | None = may(None, "Who in the team entered it.")
    moderation: Literal["shown", "waiting", "hidden"] = may("shown", "Whether others see it.")
    hidden_because: str = may("", "Why it is hidden; needed if it is.", 200)
    is_meta: bool = may(False, "Whether it is about the person who answers and not about the question.")
    said_at: Moment | None = may(None, "When; when the conversation was opened.")
    external_id: str = may("", "Its number in the system it was imported from.", 60)


class Participant(Part):
    """Somebody who took part. Who they are is not known."""

    number: int = need("Their number in the conversation.", ge=0)
    came_at: Moment | None = may(None, "When they came; when the conversation was opened.")
    arrived_by: Literal["link", "qr", "paper", "kiosk", "facilitator", "import"] = may("link", "How they came.")
    venue: VenueName | None = may(None, "Where they were met: `<place>/<venue>`.")
    is_under_18: bool = may(False, "Whether they are under 18.")
    adult_agreed: bool = may(
        False, "Whether a guardian or facilitator agreed, where they are under 13. It stands beside `is_under_18`."
    )
    arrival_group: int | None = may(
        None,
        "In a dump: the number of all who came from one place that day; without it they count in full.",
        ge=0,
        lt=2**62,
    )
    weight: Literal["set_aside", "seen"] | None = may(
        None, "What a member decided of them, where many came from one place: not counted, or counted in full."
    )
    external_id: str = may("", "Their number in the system they were imported from.", 60)
    external_group: str = may("", "Their group in that system.", 60)
    consent: list[Annotated[Given, BeforeValidator(_scope)]] = may(
        [],
        "What they allow: a list of `analyse`, `quote`, `describe`, `tell`. Their stories allow the same. "
        "Left out or empty, what they tell is only read.",
    )
    wording: str | None = may(None, f"The version of the sentences they read; if none, `{FIRST_WORDING}`.", 20)
    secret: str | None = may(
        None, "Only with `is_demo: yes`: any text, from which the four words of the receipt are made.", 200
    )
    secret_hash: Hex | None = may(None, "In a dump: what is kept of the secret of their device.")
    words_hash: Hex | None = may(None, "In a dump: what is kept of the words of their receipt.")
    receipt_at: Moment | None = may(None, "When they got the receipt; when they came.")
    votes: Annotated[str, BeforeValidator(_votes)] = may(
        "",
        "Their answers, one sign a statement in the order of `statements`: `+` agree, `-` disagree, `0` pass, "
        "`.` not answered. Exactly as many signs as statements, or none at all; spaces do not count. In quotes.",
    )
    voted_at: Moment | None = may(None, "When they answered; when they came.")
    vote_seconds: Annotated[list[float], BeforeValidator(_seconds)] | None = may(
        None, "In a dump: for each answer the seconds from `came_at` to it, with spaces between, instead of `voted_at`."
    )
    changes: list[Change] = may([], "Earlier answers that they replaced.")
    withdrawn_at: Moment | None = may(None, "When they took their answers back; then there are no `votes`.")


class Story(Part):
    """What somebody told in their own words."""

    code: StoryCode = need("Its code.")
    participant: int = need("The number of the participant who told it.", ge=0)
    text: str = need("Their words.", 5000)
    described_as: str = may("", "How they want to be described; only where they allow `describe`.", 120)
    mattered: int | None = may(None, "How much it mattered, 1 to 7.", ge=1, le=7)
    is_common: int | None = may(None, "How common it is, 1 to 7.", ge=1, le=7)
    is_group: bool = may(False, "Whether several people told it together.")
    captured_by: PersonName | None = may(None, "Who in the team wrote it down for them.")
    consent: list[ScopeName] | None = may(
        None,
        "What they allow for this story, if it is not what they allow as a participant. `tell` here is their wish for "
        "a receipt, and counts for all they say.",
    )
    wording: str | None = may(None, "The version of the sentences they read; the participant's.", 20)
    told_at: Moment | None = may(None, "When; when they came.")
    read_at: Moment | None = may(None, "When somebody in the team read it. What a theme gathers has been read.")
    read_by: PersonName | None = may(None, "Who read it.")
    state: StateName | None = may(
        None,
        "What was decided when it was read: `held` while it waits, `kept` in the team, `not_used` with a reason, or "
        "`released` to everybody, which needs `quote` or `describe`. Left out, a story that may be quoted is released "
        "if anything rests on it and waits if nothing does, and one that may not is kept once it was read.",
    )
    released_at: Moment | None = may(None, "When it was released; when it was read.")
    released_by: PersonName | None = may(None, "Who released it; who read it.")
    not_used_because: str = may("", "Why it was not used. The teller reads this.", 300)
    visibility: VisibilityName | None = may(
        None, "Who may read it, if those are fewer than everybody though it is released; `team` is the same as kept."
    )


class Conversation(Part):
    """A question put to people, with everything they answered."""

    code: JoinCode = need("The join code, in small letters. No other conversation on the site may have it.")
    team: TeamName | None = may(None, "The team that asks; left out where the whole programme does.")
    prompt: str = need("The question.", 200)
    purpose: str = may("", "What will be done with the answers, in Markdown.")
    answer_by: Day | None = may(None, "When the team will say what came of it.")
    readers: str = may("", "Who reads what is said.", 200)
    language: str = may("en-GB", "The language it is asked in.", 12)
    takes_statements: bool = may(True, "Whether people answer statements.")
    takes_new_statements: bool = may(True, "Whether people may add statements.")
    takes_stories: bool = may(True, "Whether people may tell stories.")
    is_sensitive: bool = may(False, "Whether its pages offer a quick way out.")
    for_children: bool = may(False, "Whether children take part, so that everybody is asked their age first.")
    needs_moderation: bool = may(True, "Whether new statements wait until somebody has read them.")
    opened_at: Moment | None = may(None, "When it was opened; when the programme was begun.")
    closed_at: Moment | None = may(None, "When it was closed; left out while it is open. Nothing is later.")
    imported_from: str = may("", "Where it was imported from.", 200)
    statements: list[Statement] = may([], "The statements, numbered from 1 in this order.")
    participants: list[Participant] = may([], "Who took part.")
    stories: list[Story] = may([], "What they told.")
