"""Telling a story, and the team's side of stories."""

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from weft.core import throttle
from weft.core.errors import Refused
from weft.core.pages import form_page, page
from weft.core.same_site import same_site
from weft.core.saving import attempt
from weft.listen import device
from weft.listen.concerns import actions as concerns
from weft.listen.concerns.queries import now_with
from weft.listen.conversations import actions as conversation_actions
from weft.listen.conversations import queries as conversations
from weft.listen.conversations.models import Conversation, Participant
from weft.listen.conversations.pages import newcomer
from weft.listen.receipts import actions as receipts
from weft.listen.receipts import queries as receipt_queries
from weft.listen.stories import actions, analysis, queries
from weft.listen.stories.actions import hiding
from weft.listen.stories.forms import UNDER_13, AllowForm, AsideForm, HideForm, PaperForm, StoryForm, may_of
from weft.listen.stories.models import HiddenWhy, StoryState
from weft.people.programmes.models import Programme, Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.queries import rests_on
from weft.provenance.visibility import is_sealed

A_PAGE = 25
SHOWS = (("", "All, waiting first"), *StoryState.choices, ("loose", "In no theme yet"), ("many", "Set aside with many"))
SLIP_SECONDS = 15 * 60
GONE = "Where quoting is not allowed any more, the words leave every page at once. That cannot be undone."


@access.everyone
@same_site
@never_cache
def tell(request: HttpRequest, code: str) -> HttpResponse:
    """Say it in your own words."""
    conversation = conversations.conversation_to_join(code)
    secret = device.secret_of(request, code)
    participant = conversations.participant_with(conversation, secret)
    conversation_actions.check_open(conversation, participant)
    if not conversation.takes_stories:
        raise Refused("This conversation takes no stories.")
    age = device.age_said(request, conversation.code)
    if conversations.asks_age(conversation, participant, age):
        return redirect("ages:age", conversation.code)
    start = "" if participant else device.new_start()
    form = StoryForm(request.POST or None, knows_age=conversation.for_children, initial={"start": start})
    if not form.is_valid():
        words = {"conversation": conversation, "programme": conversation.programme, "team": conversation.team}
        return page(request, "stories/tell.html", words, form)
    throttle.limit(request, "story", settings.MOST_STORIES)
    secret = secret or device.secret_from(form.cleaned_data["start"])
    if participant is None:
        participant = newcomer(request, conversation, secret)
    story = _take_in(participant, secret, form, by=participant)
    response = device.remember(request, redirect("receipts:sent", conversation.code), code, secret)
    if receipt_queries.given_at(participant) == story.told_at:
        device.show_words(response, code, participant.pk.hex)
    return response


def _take_in(participant: Participant, secret: str, form: StoryForm, by: object, **facts: object) -> queries.Story:
    """A story with what its teller said of themselves, and their four words if they want them."""
    agreed = form.cleaned_data.get("adult_agreed", False)
    if agreed or form.cleaned_data.get("under_18") in {"yes", UNDER_13}:
        conversation_actions.mark_under_18(by=by, participant=participant, adult_agreed=agreed)
    story = actions.tell(by=by, participant=participant, **form.facts(), **facts)
    if form.cleaned_data["words"]:
        receipts.issue(by=by, participant=participant, secret=secret, made_at=story.told_at)
    return story


@access.maker
@require_safe
def listing(request: HttpRequest, of: Team | Programme) -> HttpResponse:
    """The stories of a team or programme, those that wait first."""
    code, show = request.GET.get("conversation", ""), request.GET.get("show", "")
    conversation = conversations.conversation_of(of, code) if code else None
    rows = Paginator(queries.told_in(of, conversation, show), A_PAGE).get_page(request.GET.get("page"))
    words = {
        **conversations.back_to(of),
        "of": of,
        "page": rows,
        "conversation": conversation,
        "show": show,
        "shows": SHOWS,
    }
    return page(request, "stories/list.html", words)


@access.item("story")
@require_safe
def story(request: HttpRequest, node: Node) -> HttpResponse:
    """One story: all of it for its team, for others what its teller allows."""
    found = queries.story_of(node)
    allowed = queries.allowed(found)
    inside = request.may_work_here  # type: ignore[attr-defined]
    if not (inside or allowed.quote):
        raise Http404(access.NOT_HERE)
    words = {"node": node, "story": found, "allowed": allowed, "inside": inside}
    if inside:
        words |= {"looks_like": analysis.looks_like(found), "hidden": queries.hidden_in(found)}
    return page(request, "stories/story.html", words)


@access.item("story", edit=True)
@require_POST
def release(request: HttpRequest, node: Node) -> HttpResponse:
    """Let others read a story, and go on to the next one."""
    actions.release(by=request.user, row=_own(node))
    return _go_on(request, node, f"{node.code} is released. Whoever may read the programme can read it now.")


@access.item("story", edit=True)
@require_POST
def keep(request: HttpRequest, node: Node) -> HttpResponse:
    """Keep a story in the team, and go on to the next one."""
    actions.keep(by=request.user, row=_own(node))
    return _go_on(request, node, f"{node.code} is kept in the team. Nobody else reads it.")


def _go_on(request: HttpRequest, node: Node, said: str) -> HttpResponse:
    """To the next story that waits, or back to this one where none does; what was done can be undone on its page."""
    messages.success(request, said)
    following = queries.next_held(node)
    return redirect((following.node if following else node).get_absolute_url())


@access.item("story", edit=True)
def aside(request: HttpRequest, node: Node) -> HttpResponse:
    """Say why a story is not used."""
    found = _own(node)
    form = AsideForm(request.POST or None, initial={"because": found.not_used_because, "revision": found.revision})
    if attempt(form, lambda: actions.set_aside(by=request.user, row=found, **form.facts())):
        return redirect(node.get_absolute_url())
    return form_page(request, form, "Why is this story not used?", node.get_absolute_url(), crumb="The story")


@access.item("story", edit=True)
@never_cache
def hide(request: HttpRequest, node: Node) -> HttpResponse:
    """Hide parts of a story from its readers; what they will see can be looked at before."""
    found = _own(node)
    lines = analysis.lines(found)
    form = HideForm(request.POST or None, lines=lines, initial={"revision": found.revision})
    if form.is_bound and form.data.get("revision") != str(found.revision):
        messages.error(request, hiding.CHANGED)
        return redirect(request.path)
    personal = any(word.looks_like for word in form.words_shown)
    does, spans, seen = request.POST.get("do", ""), analysis.spans(lines, form.chosen), ""
    if does == "propose":
        form = HideForm(form.with_proposed(), lines=lines)
    elif does == "look":
        seen = _as_others_see(found, form, spans) if form.is_valid() else ""
    elif attempt(form, lambda: hiding.hide(by=request.user, row=found, spans=spans, **form.reasons())):
        messages.success(
            request, "It is hidden. Readers see a mark there; your team and the teller still see the words."
        )
        return redirect(node.get_absolute_url())
    words = {"node": node, "story": found, "lines": lines, "seen": seen, "looks_personal": personal}
    return page(request, "stories/hide.html", words, form)


def _as_others_see(story: queries.Story, form: HideForm, spans: list[tuple[int, int]]) -> str:
    """A story as it will read with some parts hidden."""
    mark = HiddenWhy(form.cleaned_data["why"]).mark
    return hiding.swapped(story.text, [hiding.Swap(start, end, mark) for start, end in spans])


@access.item("story", edit=True)
@require_POST
def show_again(request: HttpRequest, node: Node) -> HttpResponse:
    """Show a hidden part of a story again."""
    part = request.POST.get("part", "")
    hiding.show_again(by=request.user, row=_own(node), part=int(part) if part.isdecimal() else 0)
    messages.success(request, "That part is shown again to whoever may read the story.")
    return redirect(node.get_absolute_url())


@access.item("story", edit=True)
def allowed(request: HttpRequest, node: Node) -> HttpResponse:
    """Change what may be done with a story for somebody who asked on paper or in person."""
    found = _own(node)
    form = AllowForm(request.POST or None, initial=_allowed_now(found))
    if attempt(form, lambda: actions.change_allowed(by=request.user, row=found, **form.facts())):
        return redirect(node.get_absolute_url())
    back = node.get_absolute_url()
    intro = "Do this when whoever told it asked for it on paper or in person. " + GONE
    words = {"heading": "What did they allow?", "intro": intro, "crumb": "The story", "crumb_url": back, "cancel": back}
    return page(request, "core/form_page.html", words, form)


@access.everyone
@same_site
def allow(request: HttpRequest, code: str) -> HttpResponse:
    """Change with an open receipt what may be done with one's story."""
    key = device.opened_receipt(request)
    participant = receipt_queries.participant_opened(key) if key else None
    if participant is None:
        return device.silent(redirect("receipts:find"))
    found = queries.own_story(participant, code)
    form = AllowForm(request.POST or None, initial=_allowed_now(found))
    if attempt(form, lambda: actions.change_allowed(by=participant, row=found, **form.facts())):
        return device.silent(redirect("receipts:yours"))
    conversation = participant.conversation
    words = {"conversation": conversation, "programme": conversation.programme, "team": conversation.team}
    rests = rests_on(found.node, "your story", "your")
    return device.silent(
        page(request, "stories/allow.html", {**words, "story": found, "rests": rests, "gone": GONE}, form)
    )


def _allowed_now(story: queries.Story) -> dict[str, object]:
    """The choices that stand, to be changed."""
    words = {"may": may_of(queries.allowed(story).scopes), "described_as": story.described_as}
    return {**words, "revision": story.revision}


def _own(node: Node) -> queries.Story:
    """The story of a node, holding that very node."""
    found = queries.story_of(node)
    found.node = node
    return found


@access.maker
@never_cache
def paper(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """Enter what came on paper or was told, and print four words for whoever said it."""
    conversation = conversations.conversation_of(of, code)
    conversation_actions.check_open(conversation)
    form = PaperForm(request.POST or None, of=of, initial={"start": device.new_start(), "arrived_by": "paper"})
    if not form.is_valid():
        back = reverse("conversations:conversation", args=[of.programme.slug, of.room, conversation.code])
        words = {"heading": "Enter a story", "crumb": "The conversation", "crumb_url": back, "cancel": back}
        return page(request, "stories/paper.html", {"conversation": conversation, **words}, form)
    secret = device.secret_from(form.cleaned_data["start"])
    participant = conversation_actions.add_participant(
        by=request.user,
        conversation=conversation,
        secret=secret,
        arrived_by=form.cleaned_data["arrived_by"],
        venue=form.said_at,
    )
    story = _take_in(participant, secret, form, by=request.user, is_group=form.cleaned_data["is_group"])
    if form.cleaned_data["in_danger"] and not is_sealed(story.node):
        concerns.pass_on(by=request.user, node=story.node)
        messages.info(request, now_with(story.node))
    address = reverse("stories:slip", args=[of.programme.slug, of.room, conversation.code])
    kept = signing.dumps(secret, salt=device.SLIP)
    return device.leave(redirect(address), device.SLIP, kept, SLIP_SECONDS, address)


@access.maker
@never_cache
@require_safe
def slip(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """The slip to print for whoever gave something on paper. It can be shown for a quarter of an hour."""
    conversation: Conversation = conversations.conversation_of(of, code)
    try:
        secret = signing.loads(request.COOKIES.get(device.SLIP, ""), salt=device.SLIP, max_age=SLIP_SECONDS)
    except signing.BadSignature:
        return redirect("stories:paper", of.programme.slug, of.room, code)
    found = receipt_queries.words_for(secret, conversation)
    slip_words = receipt_queries.slip(conversation, found) if found else None
    where = (settings.ADDRESS + reverse("receipts:find")).partition("://")[2]
    words = {"conversation": conversation, "slip": slip_words, "find_address": where}
    return page(request, "stories/slip.html", words)
