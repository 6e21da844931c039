"""Loading what people said."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from weft.core.errors import Refused
from weft.filing.loading import when
from weft.filing.steps import codes_in
from weft.listen.conversations.actions import (
    Cast,
    add_participant,
    add_statement,
    cast_votes,
    close_conversation,
    consent,
    make_conversation,
)
from weft.listen.conversations.models import Moderation, Participant, Scope, Statement, Weight
from weft.listen.receipts.actions import issue, restore, withdraw_votes
from weft.listen.stories.actions import QUOTED, keep, mark_read, release, set_aside, tell
from weft.listen.stories.models import Story
from weft.programme_file import schema_listen as said
from weft.programme_file.schema import File
from weft.programme_file.schema_share import Tombstone
from weft.programme_file.state import Loading
from weft.provenance.actions import describe
from weft.provenance.file import person
from weft.provenance.items import Origin
from weft.provenance.visibility import Visibility

MODERATION = {"shown": Moderation.SHOWN, "waiting": Moderation.WAITING, "hidden": Moderation.HIDDEN}
ON_ITS_WAY = timedelta(minutes=1)  # what was sent before a conversation closed may arrive after
ONLY_A_DEMONSTRATION = (
    "a secret stands only in a demonstration, with `is_demo: yes`: whoever has the file could open the receipt."
)
UNUSED = {
    "voted_at": "this is for `votes` that were all given at one time, without `vote_seconds`. Take it out.",
    "receipt_at": "there is no receipt: this stands beside a `secret` or `words_hash`. Take it out.",
    "secret": "beside a secret there is no `secret_hash` and no `words_hash`, which are made from it. Take them out.",
}
# What was decided of a story that is read by so many.
DECIDED = {"public": "released", "programme": "released", "team": "kept"}
CLOSED = "this is after `closed_at`, and a conversation that is closed takes nothing more."
CHOICE = {"+": 1, "-": -1, "0": 0}


def load_conversations(load: Loading) -> None:
    """Open each conversation and write what was said in it; it is still open afterwards."""
    used = {*codes_in(load.file.items), *codes_in(load.file.report)}
    for at, one in enumerate(load.file.conversations):
        with load.at("conversations", at):
            facts = one.model_dump(
                exclude={"team", "opened_at", "closed_at", "statements", "participants", "stories"}, exclude_unset=True
            )
            opened = when(one.opened_at, load.begun)
            load.conversations[one.code] = make_conversation(
                by=None, of=load.teams[one.team] if one.team else load.programme, opened_at=opened, **facts
            )
        _late(load, one, at)
        for number, participant in enumerate(one.participants):
            with load.at("conversations", at, "participants", number):
                if unused := next((key for key, is_used in _uses(participant) if not is_used), None):
                    raise Refused(UNUSED[unused], field=unused)
                if participant.secret and not load.programme.is_demo:
                    raise Refused(ONLY_A_DEMONSTRATION, field="secret")
                load.participants[one.code, participant.number] = _participant(load, one.code, participant)
            load.tick()
        gone = [(n, t) for n, t in enumerate(load.file.tombstones) if t.conversation == one.code and is_said(t)]
        _statements(load, at, one, gone)
        with load.at("conversations", at):
            _votes(load, at, one, [t for _, t in gone if t.kind == "statement"])
        _stories(load, at, one, gone, used)
        one.statements.clear()
        one.stories.clear()


def is_said(gone: Tombstone) -> bool:
    """Whether a tombstone stands in its conversation; another stands among the items."""
    return gone.conversation is not None and (
        gone.kind == "statement" or (gone.kind == "story" and gone.participant is not None)
    )


def codes_said(file: File) -> set[str]:
    """The codes of all that was said in conversations."""
    found = {one.code for one in file.tombstones if is_said(one)}
    for asked in file.conversations:
        found.update(one.code for one in asked.statements)
        found.update(one.code for one in asked.stories)
    return found


def _late(load: Loading, one: said.Conversation, at: int) -> None:
    """Refuse what came after the conversation was closed, as its pages do."""
    if one.closed_at is None:
        return
    whole = [("participants", n, "came_at", who.came_at) for n, who in enumerate(one.participants)]
    whole += [("participants", n, "voted_at", who.voted_at) for n, who in enumerate(one.participants) if who.votes]
    whole += [("statements", n, "said_at", statement.said_at) for n, statement in enumerate(one.statements)]
    whole += [("stories", n, "told_at", story.told_at) for n, story in enumerate(one.stories)]
    for what, number, key, then in whole:
        if then is not None and then > one.closed_at + ON_ITS_WAY:
            load.fault(("conversations", at, what, number, key), CLOSED)


def _uses(one: said.Participant) -> Iterator[tuple[str, bool]]:
    """Keys that mean something only with others, as far as they are given; and whether they do."""
    if one.voted_at:
        yield "voted_at", bool(one.votes) and one.vote_seconds is None
    if one.receipt_at:
        yield "receipt_at", bool(one.secret or one.words_hash)
    if one.secret:
        yield "secret", not (one.secret_hash or one.words_hash)


def _participant(load: Loading, code: str, one: said.Participant) -> Participant:
    conversation = load.conversations[code]
    came = when(one.came_at, conversation.opened_at)
    facts = one.given("number", "arrived_by", "is_under_18", "adult_agreed", "external_id", "external_group", "secret")
    facts |= one.given("arrival_group")
    if one.weight:
        facts["weight"] = Weight[one.weight.upper()]
    if one.secret_hash:
        facts["secret_hash"] = bytes.fromhex(one.secret_hash)
    venue = load.venues[one.venue] if one.venue else None
    made = add_participant(by=None, conversation=conversation, venue=venue, came_at=came, **facts)
    _consents(made, one, came)
    receipt_at = when(one.receipt_at, came)
    if one.secret:
        issue(by=made, participant=made, secret=one.secret, made_at=receipt_at)
    elif one.words_hash:
        restore(by=made, participant=made, words_hash=bytes.fromhex(one.words_hash), made_at=receipt_at)
    return made


def _consents(participant: Participant, one: said.Participant, came: datetime) -> None:
    grouped: dict[tuple[str, datetime], list[str]] = {}
    known: set[str] = set()
    for given in one.consent:
        grouped.setdefault((given.wording or one.wording or said.FIRST_WORDING, given.at or came), []).append(
            given.scope
        )
    for (words, then), scopes in grouped.items():
        consent(participant=participant, scopes=scopes, wording=words, given_at=then, known=known)
        known.update(scopes)


def _statements(load: Loading, at: int, one: said.Conversation, gone: list[tuple[int, Tombstone]]) -> None:
    """Write the statements, and in their numbers the ones that were taken back."""
    for number, statement in enumerate(one.statements):
        with load.at("conversations", at, "statements", number):
            if statement.moderation == "hidden" and not statement.hidden_because:
                raise Refused("say in `hidden_because` why.")
            made = load.conversations[one.code]
            author = load.participants[one.code, statement.author] if statement.author is not None else None
            written = add_statement(
                by=person(load, statement.by) or author,
                conversation=made,
                author=author,
                moderation=MODERATION[statement.moderation],
                hidden_because=statement.hidden_because,
                number=number + 1 if statement.number is None else statement.number,
                origin=Origin(code=statement.code, at=when(statement.said_at, made.opened_at)),
                **statement.given("text", "is_meta", "external_id"),
            )
            load.nodes[statement.code] = written.node
        load.tick()
    for number, tombstone in gone:
        if tombstone.kind == "statement":
            with load.at("tombstones", number):
                who, made = tombstone.participant, load.conversations[one.code]
                written = add_statement(
                    by=person(load, tombstone.by),
                    author=load.participants[one.code, who] if who is not None else None,
                    conversation=made,
                    text="",
                    moderation=Moderation.HIDDEN,
                    number=tombstone.number,
                    origin=Origin(code=tombstone.code, at=when(tombstone.made_at, made.opened_at)),
                )
                describe(node=written.node, visibility=tombstone.visibility or Visibility.PUBLIC)
                load.nodes[tombstone.code] = written.node


def _votes(load: Loading, at: int, one: said.Conversation, gone: list[Tombstone]) -> None:
    """Record all answers at once, each earlier one before each later one."""
    made = load.conversations[one.code]
    codes = [statement.code for statement in one.statements] + [tombstone.code for tombstone in gone]
    keys = dict(Statement.objects.filter(conversation=made).values_list("node__code", "pk"))
    casts: list[Cast] = []
    for number, participant in enumerate(one.participants):
        with load.at("conversations", at, "participants", number):
            casts += _cast(load, one, participant, codes, keys)
    if casts:
        cast_votes(by=None, conversation=made, rows=sorted(casts, key=lambda cast: cast.cast_at))


def _cast(
    load: Loading, one: said.Conversation, participant: said.Participant, codes: list[str], keys: dict[str, UUID]
) -> Iterator[Cast]:
    """The answers of one participant, those that they replaced first."""
    if participant.withdrawn_at and (participant.votes or participant.changes):
        raise Refused("whoever took their answers back has none; leave `votes` and `changes` out.", field="votes")
    if participant.votes and len(participant.votes) != len(codes):
        found, wanted = len(participant.votes), len(codes)
        raise Refused(f"found {found} signs; {wanted} were expected, one for each statement.", field="votes")
    answered = [(code, sign) for code, sign in zip(codes, participant.votes, strict=False) if sign != "."]
    seconds = participant.vote_seconds
    if seconds is not None and len(seconds) != len(answered):
        wrong = f"found {len(seconds)} numbers; {len(answered)} were expected, one for each answer."
        raise Refused(wrong, field="vote_seconds")
    who = load.participants[one.code, participant.number]
    unknown = next((change.statement for change in participant.changes if change.statement not in codes), None)
    if unknown:
        raise Refused(f"there is no statement {unknown} in this conversation.", field="changes")
    rows: list[tuple[str, str, datetime]] = [
        (change.statement, change.choice, change.at) for change in participant.changes
    ]
    moments = _moments(participant, who, len(answered))
    rows += [(code, sign, moment) for (code, sign), moment in zip(answered, moments, strict=True)]
    if one.closed_at and any(then > one.closed_at + ON_ITS_WAY for _, _, then in rows):
        raise Refused(CLOSED, field="votes")
    for code, sign, then in rows:
        if code in keys:
            yield Cast(who.pk, keys[code], CHOICE[sign], then, uuid4())


def _moments(participant: said.Participant, who: Participant, count: int) -> Iterator[datetime]:
    if participant.vote_seconds is not None:
        return (who.came_at + timedelta(seconds=seconds) for seconds in participant.vote_seconds)
    return iter([when(participant.voted_at, who.came_at)] * count)


def _stories(load: Loading, at: int, one: said.Conversation, gone: list[tuple[int, Tombstone]], used: set[str]) -> None:
    """Write the stories, and those that were taken back without their words; `used` are the codes that are named."""
    given = {participant.number: participant for participant in one.participants}
    for number, story in enumerate(one.stories):
        with load.at("conversations", at, "stories", number):
            allowed = _allowed(story, given[story.participant])
            told = _story(
                load, story, given[story.participant], load.participants[one.code, story.participant], allowed
            )
            _decide(load, story, told, allowed, is_used=story.code in used)
        load.tick()
    for number, tombstone in gone:
        if tombstone.kind == "story" and tombstone.participant is not None:
            with load.at("tombstones", number):
                who = load.participants[one.code, tombstone.participant]
                told = tell(
                    by=person(load, tombstone.by) or who,
                    participant=who,
                    text="",
                    scopes=[Scope.ANALYSE, Scope.QUOTE],  # as its teller had allowed, or nothing could rest on it
                    origin=Origin(code=tombstone.code, at=when(tombstone.made_at, who.came_at)),
                )
                describe(node=told.node, visibility=tombstone.visibility or Visibility.PUBLIC)
                load.nodes[tombstone.code] = told.node


def _allowed(story: said.Story, given: said.Participant) -> list[str]:
    """What a story's teller allows for it: what it says itself, or what they allow for all they say."""
    if story.consent is None:
        allowed = [str(one.scope) for one in given.consent if one.scope != Scope.TELL]
    else:
        allowed = [str(scope) for scope in story.consent]
    if story.described_as and Scope.DESCRIBE not in allowed:
        said = "they have not allowed to be described. Put `describe` into `consent`, or take this out."
        raise Refused(said, field="described_as")
    return allowed


def _story(load: Loading, story: said.Story, given: said.Participant, who: Participant, allowed: list[str]) -> Story:
    told_at = when(story.told_at, who.came_at)
    told = tell(
        by=person(load, story.captured_by) or who,
        participant=who,
        scopes=allowed,
        wording=story.wording or given.wording or said.FIRST_WORDING,
        origin=Origin(code=story.code, at=told_at),
        **story.given("text", "described_as", "mattered", "is_common", "is_group"),
    )
    load.nodes[story.code] = told.node
    return told


def _decide(load: Loading, story: said.Story, told: Story, allowed: list[str], *, is_used: bool) -> None:
    """Do what those who read a story did: in the order in which they read and decided."""
    state = story.state or _usual_state(story, allowed, is_used)
    is_released = state == "released"
    unfit = {
        "not_used_because": state != "not_used",
        "released_at": not is_released,
        "released_by": not is_released,
        "visibility": not is_released and DECIDED.get(story.visibility or "") == "released",
    }
    for key, is_unfit in unfit.items():
        if is_unfit and getattr(story, key):
            raise Refused(f"this does not stand beside `state: {state}`. Take it out.", field=key)
    if state == "not_used" and not story.not_used_because:
        raise Refused("there is no reason yet, and its teller reads it.", field="not_used_because")
    reader, read_at = person(load, story.read_by), when(story.read_at, told.told_at)
    if story.read_at or story.read_by:
        mark_read(by=reader, row=told, read_at=read_at)
    if is_released:
        by = person(load, story.released_by) if story.released_by else reader
        seen_by = story.visibility or Visibility.PUBLIC
        release(by=by, row=told, at=when(story.released_at, read_at), visibility=seen_by, scopes=allowed)
    elif state == "kept":
        keep(by=reader, row=told, at=read_at)
    elif state == "not_used":
        mark_read(by=reader, row=told, read_at=read_at)
        set_aside(by=reader, row=told, because=story.not_used_because)


def _usual_state(story: said.Story, allowed: list[str], is_used: bool) -> str:
    """What was decided of a story in a file that does not say so."""
    if story.not_used_because:
        return "not_used"
    decided = DECIDED.get(story.visibility or "")
    if decided is None and QUOTED & {*allowed}:
        return "released" if is_used else "held"
    was_read = story.read_at or story.read_by
    return "released" if decided == "released" else "kept" if was_read else "held"


def close(load: Loading) -> None:
    """Let those who took their answers back leave, and close what was closed."""
    for at, one in enumerate(load.file.conversations):
        for participant in one.participants:
            if participant.withdrawn_at:
                with load.at("conversations", at, "participants"):
                    who = load.participants[one.code, participant.number]
                    withdraw_votes(by=who, participant=who, at=participant.withdrawn_at)
        if one.closed_at:
            with load.at("conversations", at, "closed_at"):
                close_conversation(by=None, conversation=load.conversations[one.code], closed_at=one.closed_at)
