"""Telling stories, reading them, and deciding who else may: releasing, keeping in the team, or saying why not used."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from weft.core.errors import Refused
from weft.core.inserts import insert, update
from weft.core.keys import saved_with
from weft.core.revisions import check_revision
from weft.listen.conversations.actions import WORDING, check_still_open, consent, withdraw_consents
from weft.listen.conversations.models import Consent, Conversation, Participant, Scope
from weft.listen.stories import queries
from weft.listen.stories.models import HiddenPart, Story, StoryState
from weft.listen.stories.queries import DESCRIPTION, scopes_of
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit, audit_all
from weft.provenance import journal
from weft.provenance.actions import describe, held, hold, record, untie_all
from weft.provenance.batch import is_held
from weft.provenance.items import HERE, Origin
from weft.provenance.journal import Entry
from weft.provenance.models import Knowledge, Link, Node, Relation
from weft.provenance.visibility import GONE, Visibility, is_sealed
from weft.provenance.withdrawal import unquote, unsign, withdraw_all

TITLE = 80
QUOTED = {Scope.QUOTE, Scope.DESCRIBE}
NOT_ALLOWED = "Whoever told this story has not allowed that its words are shown to others."


def title_of(text: str) -> str:
    """The first words of a story, to know it by in lists."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE else line[:TITLE].rsplit(" ", 1)[0] + "…"


@transaction.atomic
def tell(
    *,
    by: Actor,
    participant: Participant,
    text: str,
    scopes: Iterable[str] = (),
    mattered: int | None = None,
    is_common: int | None = None,
    described_as: str = "",
    is_group: bool = False,
    wording: str = WORDING,
    origin: Origin = HERE,
) -> Story:
    """Take in a story with its teller's choices. Sent twice by one form it is one story.

    `by` is the participant, or who wrote it down for them. The team alone reads it until one of them releases it.
    """
    conversation = participant.conversation
    if origin.key:
        Conversation.objects.select_for_update().only("pk").get(pk=conversation.pk)
    if earlier := saved_with(origin.key, Story.every.filter(participant=participant).select_related("node")):
        return earlier
    check_still_open(conversation, participant)
    if not conversation.takes_stories:
        raise Refused("This conversation takes no stories.")
    allowed = {Scope(scope) for scope in scopes}
    told_at = origin.at or timezone.now()
    node = record(
        by=by,
        kind="story",
        programme=conversation.programme,
        team=conversation.team,
        title=title_of(text),
        text=text,
        visibility=Visibility.TEAM,
        knowledge_kind=Knowledge.LIVED,
        code=origin.code,
        made_at=told_at,
    )
    story = insert(
        Story(
            node=node,
            conversation=conversation,
            participant=participant,
            text=text,
            described_as=described_as if Scope.DESCRIBE in allowed else "",
            mattered=mattered,
            is_common=is_common,
            is_group=is_group,
            captured_by=by if isinstance(by, User) else None,
            told_at=told_at,
            key=origin.key or uuid4(),
        )
    )
    _allow(story, allowed, wording)
    audit(by=by, did="told story", on=node)
    return story


def _allow(story: Story, allowed: set[Scope], wording: str) -> None:
    """Record what is allowed for a story, and the wish for a receipt for its teller."""
    teller, at = story.participant, story.told_at
    about_it = [scope for scope in Scope if scope in allowed and scope != Scope.TELL]
    consent(participant=teller, node=story.node, scopes=about_it, wording=wording, given_at=at, known=())
    if Scope.TELL in allowed:
        consent(participant=teller, scopes=[Scope.TELL], wording=wording, given_at=at)


@transaction.atomic
def change_allowed(
    *,
    by: Actor,
    row: Story,
    scopes: Iterable[str],
    described_as: str = "",
    wording: str = WORDING,
    at: datetime | None = None,
    revision: int | None = None,
) -> Story:
    """Change what may be done with a story. What is not allowed any more ends at once wherever it is done.

    Without quoting, the words leave every other text, and only the team reads them; where quoting is allowed anew,
    somebody there reads it for that first. Where no use is left, nothing rests on it any more. Where somebody else said
    otherwise since the page was opened on `revision`, both are shown.
    """
    story = to_change(row)
    node = story.node
    when, wanted = at or timezone.now(), {Scope(scope) for scope in scopes} - {Scope.TELL}
    before = {Scope(scope) for scope in scopes_of([story.pk]).get(story.pk, ())} - {Scope.TELL}
    described = described_as.strip()[:120] if Scope.DESCRIBE in wanted else ""
    saved = {"allowed": _labels(before), "described_as": story.described_as}
    check_revision(revision, story.revision, saved, {"allowed": _labels(wanted), "described_as": described})
    over: dict[Scope, str] = {scope: scope for scope in before - wanted}
    if story.described_as and described != story.described_as and Scope.DESCRIBE in before & wanted:
        over[Scope.DESCRIBE] = DESCRIPTION  # another one is allowed from now on, and this one is not
    Consent.objects.filter(node=node, scope__in=over, withdrawn_at=None).update(withdrawn_at=when)
    for of in over.values():
        journal.note("use", node.pk, at=when, of=of)
    anew = sorted(wanted - (before - over.keys()))
    consent(participant=story.participant, node=node, scopes=anew, wording=wording, given_at=when)
    if (before & QUOTED and not wanted & QUOTED) or not wanted:
        unquote(node=node, said=queries.words_of(story), at=when)
    elif story.described_as and described != story.described_as:
        unsign(node=node, described=story.described_as, at=when)
    if not wanted:
        untie_all(node=node, at=when)
    story.described_as, story.revision = described, story.revision + 1
    story.save(update_fields=["described_as", "revision"])
    if wanted & QUOTED and not before & QUOTED and story.state == StoryState.KEPT:
        _decide(story, StoryState.HELD)
    if not wanted & QUOTED and story.state == StoryState.RELEASED:
        _decide(story, StoryState.KEPT)
    audit(by=by, did="changed what is allowed of story", on=node)
    return story


def _labels(scopes: Iterable[Scope]) -> set[str]:
    return {str(scope.label) for scope in scopes}


def end_use_again(entry: Entry) -> None:
    """Let a story not be used in a way that ended before the database was restored.

    Where another description was chosen it is not known any more, so none is shown.
    """
    story = Story.every.select_related("node").get(pk=entry.id)
    described = "" if entry.of == DESCRIPTION else story.described_as
    scopes = {*scopes_of([story.pk])[story.pk]} - {entry.of}
    change_allowed(by=None, row=story, scopes=scopes, described_as=described, at=entry.at)


def to_change(story: Story) -> Story:
    """A story that still stands, held until it is saved."""
    if is_held(story.node):
        return story
    node = hold(story.node)
    if node.is_withdrawn:
        raise Refused("This story was taken back.")
    if is_sealed(node):
        raise Refused(GONE)
    found = Story.objects.select_for_update(of=("self",)).select_related("participant").get(pk=story.pk)
    found.node = node
    return found


@transaction.atomic
def release(
    *,
    by: Actor,
    row: Story,
    at: datetime | None = None,
    visibility: str = Visibility.PUBLIC,
    scopes: Collection[str] | None = None,
) -> Story:
    """Let everybody read a story, in the name of whoever has read it; `visibility` may be narrower.

    `scopes` is what its teller allows, where that is known already.
    """
    story = to_change(row)
    if not QUOTED & set(scopes_of([story.pk])[story.pk] if scopes is None else scopes):
        raise Refused(NOT_ALLOWED)
    mark_read(by=by, row=story, read_at=at)
    if story.state != StoryState.RELEASED:
        story.released_at, story.released_by = at or timezone.now(), by if isinstance(by, User) else None
        _decide(story, StoryState.RELEASED, visibility)
        audit(by=by, did="released story", on=story.node)
    return story


@transaction.atomic
def keep(*, by: Actor, row: Story, at: datetime | None = None) -> Story:
    """Let nobody but the team read a story; what it says may still be used as its teller allows."""
    story = to_change(row)
    mark_read(by=by, row=story, read_at=at)
    if story.state != StoryState.KEPT:
        _decide(story, StoryState.KEPT)
        audit(by=by, did="kept story in team", on=story.node)
    return story


def _decide(story: Story, state: StoryState, visibility: str = Visibility.TEAM) -> None:
    """Let a story, and the passages taken from it, be read by those who may read it in this state."""
    story.state = state
    if state != StoryState.RELEASED:
        story.released_at = story.released_by = None
    if state != StoryState.NOT_USED:
        story.not_used_because = ""
    update(story, "state", "released_at", "released_by", "not_used_because")
    for node in (story.node, *_passages(story.node)):
        describe(node=node, visibility=visibility)


def _passages(node: Node) -> list[Node]:
    """What quotes a story and was not taken back; nothing does yet while a file is loaded."""
    if is_held(node):
        return []
    links = Link.objects.filter(source=node, relation=Relation.QUOTES, withdrawn_at=None, target__withdrawn_at=None)
    return [link.target for link in links.select_related("target")]


@transaction.atomic
def mark_read(*, by: Actor, row: Story, read_at: datetime | None = None) -> Story:
    """Say that somebody in the team has read it; its teller sees that."""
    if row.read_at is None:
        row.read_at, row.read_by = read_at or timezone.now(), by if isinstance(by, User) else None
        update(row, "read_at", "read_by")
        audit(by=by, did="read story", on=row.node)
    return row


@transaction.atomic
def set_aside(*, by: Actor, row: Story, because: str, revision: int | None = None) -> Story:
    """Say why a story is not used; nobody but the team reads it then. Its teller reads the reason.

    Where somebody else said so since the page was opened on `revision`, both reasons are shown.
    """
    story = to_change(row)
    because = because.strip()[:300]
    if not because:
        raise Refused("There is no reason yet. Whoever told it reads it.", field="because")
    check_revision(revision, story.revision, {"because": story.not_used_because}, {"because": because})
    mark_read(by=by, row=story)
    _decide(story, StoryState.NOT_USED)
    story.not_used_because, story.revision = because, story.revision + 1
    update(story, "not_used_because", "revision")
    audit(by=by, did="set story aside", on=story.node)
    return story


def pass_on(*, by: Actor, row: Story) -> None:
    """A story that was passed on was read; handed back, it waits for somebody to decide anew."""
    mark_read(by=by, row=row)
    row.state, row.not_used_because, row.released_at, row.released_by = StoryState.HELD, "", None, None
    update(row, "state", "not_used_because", "released_at", "released_by")


def withdraw_story(*, by: Actor, row: Story, at: datetime | None = None) -> list[Node]:
    """Take a story back: its words leave every page and table, what quoted it falls, a tombstone stays."""
    return withdraw_stories(by=by, rows=[row], at=at)


@transaction.atomic
def withdraw_stories(*, by: Actor, rows: Iterable[Story], at: datetime | None = None) -> list[Node]:
    """Take several stories of one programme back; those that were taken back already stay so."""
    stories = held(rows)
    nodes = [one.node for one in stories]
    fallen = withdraw_all(nodes, [words for one in stories for words in queries.words_of(one)], at=at)
    Story.every.filter(node__in=nodes).update(mattered=None, is_common=None)
    HiddenPart.objects.filter(story__in=stories).delete()
    withdraw_consents(nodes=nodes, at=at)
    audit_all(by=by, did="withdrew story", on=nodes)
    return fallen
