"""Passing on what may mean danger, noting what was done, and handing back."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from weft.core.errors import Refused
from weft.listen.concerns import queries
from weft.listen.concerns.models import Concern, ConcernNote, ConcernState
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit
from weft.people.programmes.models import Membership
from weft.provenance import journal, masks
from weft.provenance.actions import describe, hold, untie_all
from weft.provenance.journal import Entry
from weft.provenance.models import Link, Node, Relation
from weft.provenance.queries import repeats
from weft.provenance.visibility import Visibility, is_sealed


@transaction.atomic
def pass_on(*, by: User, node: Node, why: str = "") -> Concern:
    """Seal a story or card for the safeguarding lead: from now on no other page, search, file or export knows of it.

    Nothing rests on it any more, passages taken from it are sealed with it, and its words leave what repeated them.
    """
    node = hold(node)
    if node.is_withdrawn:
        raise Refused("This was taken back, so there is nothing to pass on.")
    if is_sealed(node):
        raise Refused("This was passed on already.")
    now, row = timezone.now(), queries.said(node)
    _seal(by, node, row)
    concern, _ = Concern.objects.update_or_create(
        item=node, defaults={"state": ConcernState.OPEN, "why": why.strip()[:400], "passed_by": by, "passed_at": now}
    )
    masks.mask(repeats(_words(node, row)), now)
    journal.note("sealed", node.pk, at=now)
    audit(by=by, did="passed on", on=node)
    for lead in queries.leads_for(node):
        transaction.on_commit(partial(_tell, concern, lead), robust=True)  # who cannot be reached keeps nobody from it
    return concern


def _words(node: Node, row: Any) -> list[tuple[Node, str]]:
    said = node.about.contributed
    return said.words(row) if said else []


def _seal(by: Actor, node: Node, row: Any) -> None:
    """Take it, and what quotes it, out of every page."""
    passages = _passages(node)
    for one in (node, *passages):
        describe(node=one, visibility=Visibility.SEALED)
        untie_all(node=one, but=passages)  # which fall with it if its teller takes it back
    if node.about.sealed:
        node.about.sealed(by=by, row=row)


def _passages(node: Node) -> list[Node]:
    """What quotes it and was not taken back."""
    quotes = Link.objects.filter(source=node, relation=Relation.QUOTES, withdrawn_at=None, target__withdrawn_at=None)
    return [link.target for link in quotes.select_related("target")]


def seal_again(entry: Entry) -> None:
    """Seal what was passed on before the database was restored; its lead begins anew."""
    node = hold(Node.every.get(pk=entry.id))
    if not node.is_withdrawn:
        _seal(None, node, queries.said(node))
        Concern.objects.create(item=node, passed_at=entry.at)


@transaction.atomic
def note(*, by: User, concern: Concern, did: str) -> ConcernNote:
    """Write down what was done."""
    if not did.strip():
        raise Refused("Say what was done.", field="did")
    return ConcernNote.objects.create(concern=concern, did=did.strip(), made_by=by, made_at=timezone.now())


@transaction.atomic
def close(*, by: User, concern: Concern, did: str) -> Concern:
    """Say that it is dealt with. It stays sealed."""
    _sealed_item(concern)
    note(by=by, concern=concern, did=did)
    concern.state = ConcernState.CLOSED
    concern.save(update_fields=["state"])
    audit(by=by, did="closed concern", on=concern.item)
    return concern


@transaction.atomic
def hand_back(*, by: User, concern: Concern, did: str) -> Concern:
    """Give it back to those who were told; they decide anew who reads it, and tie anew what rested on it."""
    node = _sealed_item(concern)
    note(by=by, concern=concern, did=did)
    for one in (node, *_passages(node)):
        describe(node=one, visibility=Visibility.TEAM)
    masks.put_back(node)
    concern.state = ConcernState.HANDED_BACK
    concern.save(update_fields=["state"])
    audit(by=by, did="handed concern back", on=node)
    return concern


def _sealed_item(concern: Concern) -> Node:
    """What was said, held while something is decided; nothing is decided twice, nor of what was taken back."""
    node = hold(concern.item)
    if node.is_withdrawn:
        raise Refused("This was taken back, so there is nothing to decide.")
    if not is_sealed(node):
        raise Refused("This was handed back already.")
    return node


def _tell(concern: Concern, lead: Membership) -> None:
    """A letter to a lead, without a word of what was said."""
    programme = concern.item.programme
    address = settings.ADDRESS + reverse("concerns:list", args=[programme.slug])
    send_mail(
        f"There is something for you in {programme}",
        render_to_string("concerns/letter.txt", {"name": lead.user.name, "programme": programme, "address": address}),
        settings.DEFAULT_FROM_EMAIL,
        [lead.user.email],
    )
