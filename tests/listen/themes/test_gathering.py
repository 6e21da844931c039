"""What making a theme and gathering into it record, read and leave alone."""

from datetime import UTC, datetime

import pytest

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.listen.stories.test_stories import story_in
from tests.trail import trail
from weft.core.errors import Changed
from weft.listen.conversations.models import Participant
from weft.listen.themes import actions
from weft.people.audit.models import Entry
from weft.provenance.items import Origin, Ties
from weft.provenance.models import Link

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_each_act_is_in_the_trail(talk: Talk, cast: Cast):
    story, card = story_in(talk, "analyse").node, talk.cards[0].node
    before = Entry.objects.count()
    theme = actions.make_theme(by=cast.mo, of=cast.summer, title="Fares", sources=[story])
    actions.gather(by=cast.lena, row=theme, sources=[card])
    actions.gather(by=cast.lena, row=theme, sources=[])
    actions.let_go(by=cast.lena, row=theme, source=card)
    actions.edit_theme(by=cast.lena, row=theme, revision=1, title="Fares", summary="Dear.")
    actions.withdraw_theme(by=cast.lena, row=theme, at=EARLIER)
    here = (theme.node.code, "pell", "summer")
    assert trail(before) == [
        ("Mo", "made theme", *here, {}),
        ("Mo", "read story", story.code, "pell", "summer", {}),
        ("Mo", "gathered into theme", *here, {"count": 1}),
        ("Lena", "gathered into theme", *here, {"count": 1}),
        ("Lena", "took out of theme", *here, {"source": card.code}),
        ("Lena", "edited theme", *here, {}),
        ("Lena", "withdrew theme", *here, {}),
    ]
    theme.node.refresh_from_db()
    assert theme.node.withdrawn_at == EARLIER


def test_a_theme_says_who_gathered_it_and_what_kind_of_knowledge_it_is(cast: Cast):
    own = {"by": cast.mo, "of": cast.summer, "title": "Fares"}
    theme = actions.make_theme(**own)
    assert (theme.gathered_by, theme.node.knowledge_kind, theme.is_proposed_by_machine) == (cast.mo, "lived", False)
    theme = actions.make_theme(**own, gathered_by=cast.lena, knowledge_kind="practice", is_proposed_by_machine=True)
    assert (theme.gathered_by, theme.node.knowledge_kind, theme.is_proposed_by_machine) == (cast.lena, "practice", True)
    for nobody in (None, Participant()):
        assert actions.make_theme(by=nobody, of=cast.summer, title="Fares").gathered_by is None


def test_a_story_is_read_when_it_is_gathered_first(talk: Talk, cast: Cast):
    stories = [story_in(talk, "analyse") for _ in range(3)]
    first = actions.make_theme(
        by=cast.mo, of=cast.summer, title="Fares", origin=Origin(at=EARLIER), sources=[(stories[0].node, "supports")]
    )
    assert set(Link.objects.filter(target=first.node).values_list("source", "relation", "made_by")) == {
        (stories[0].node.pk, "informs", cast.mo.pk)
    }
    assert actions.gather(by=cast.lena, row=first, sources=[one.node for one in stories[:2]]) == 2
    for one in stories:
        one.refresh_from_db()
    assert (stories[0].read_by, stories[0].read_at) == (cast.mo, EARLIER)
    assert stories[1].read_by == cast.lena
    assert stories[1].read_at > EARLIER
    assert (stories[2].read_by, stories[2].read_at) == (None, None)


def test_what_is_let_go_leaves_alone_what_else_is_gathered(talk: Talk, cast: Cast):
    kept, gone = (story_in(talk, "analyse").node for _ in range(2))
    both = [actions.make_theme(by=cast.mo, of=cast.summer, title="Fares", sources=[kept, gone]) for _ in range(2)]
    Link.objects.create(source=gone, target=both[0].node, relation="supports", made_at=EARLIER)
    actions.let_go(by=cast.mo, row=both[0], source=gone)
    standing = Link.objects.filter(withdrawn_at=None).values_list("source", "target", "relation")
    assert set(standing) == {
        (kept.pk, both[0].node.pk, "informs"),
        (gone.pk, both[0].node.pk, "supports"),
        (kept.pk, both[1].node.pk, "informs"),
        (gone.pk, both[1].node.pk, "informs"),
    }


def test_a_theme_is_saved_once_by_each_and_what_is_ticked_has_been_read(talk: Talk, cast: Cast):
    story = story_in(talk, "analyse")
    theme = actions.make_theme(by=cast.mo, of=cast.summer, title="Fares")
    ticked = Ties(ticked=(story.node,))
    saved = actions.edit_theme(by=cast.lena, row=theme, revision=1, title="Fares", summary="Dear.", ties=ticked)
    story.refresh_from_db()
    assert (saved.summary, story.read_by) == ("Dear.", cast.lena)
    with pytest.raises(Changed):
        actions.edit_theme(by=cast.mo, row=theme, revision=1, title="Fares", summary="Cheap.")
