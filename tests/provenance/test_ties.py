"""What somebody ticks and unticks where an item is changed is done in their name, and both of two are shown theirs."""

import pytest

from tests.cast import Cast
from tests.trail import trail
from weft.core.errors import Changed, Refused
from weft.people.audit.models import Entry
from weft.provenance import items
from weft.provenance.batch import batch
from weft.provenance.items import Ties
from weft.provenance.models import Link
from weft.provenance.queries import Tied
from weft.sense.findings.actions import edit_gap, make_gap, withdraw_gap
from weft.sense.findings.models import Gap

pytestmark = pytest.mark.django_db
WORDS = "We walk home in the dark because the last bus goes at six."


def gap(cast: Cast, **more) -> Gap:
    return make_gap(**{"by": cast.mo, "of": cast.summer, "title": "Gap", **more})


def change(cast: Cast, row: Gap, ties: Ties, **more) -> Gap:
    return items.edit(row, **{"by": cast.lena, "did": "edited gap", "revision": None, "ties": ties, **more})


def tied(row: Gap) -> set[tuple[str, str, bool, str]]:
    """What an item rests on, in which way, whether only its text says so, and who said so."""
    links = Link.objects.filter(target=row.node, withdrawn_at=None)
    return set(links.values_list("source__code", "relation", "is_citation", "made_by__name"))


def test_ties_are_changed_and_kept_in_the_trail_in_the_name_of_whoever_did_it(cast: Cast):
    old, new, kept, cited = (gap(cast).node for _ in range(4))
    row = gap(cast, sources=[old, kept])
    before = Entry.objects.count()
    both = Tied({old: ["informs"], kept: ["informs"]})
    change(cast, row, Ties((new, kept), frozenset({old.pk, kept.pk}), both), text=f"See [[{cited.code}]].")
    here = (row.node.code, "pell", "summer")
    assert trail(before) == [
        ("Lena", "untied", *here, {"source": old.code}),
        ("Lena", "tied", *here, {"source": new.code, "relation": "informs"}),
        ("Lena", "edited gap", *here, {}),
    ]
    assert tied(row) == {
        (kept.code, "informs", False, "Mo"),
        (new.code, "informs", False, "Lena"),
        (cited.code, "informs", True, "Lena"),
    }


def test_what_was_tied_once_is_tied_again_as_it_was(cast: Cast):
    old, row = gap(cast).node, gap(cast)
    before = Entry.objects.count()
    change(cast, row, Ties((old,), frozenset(), Tied({}, {old: "contradicts"})))
    assert tied(row) == {(old.code, "contradicts", False, "Lena")}
    assert trail(before)[0][-1] == {"source": old.code, "relation": "contradicts"}


def test_what_the_text_cites_stays_ticked(cast: Cast):
    old = gap(cast).node
    row = gap(cast, text=f"See [[{old.code}]].")
    with pytest.raises(Refused, match="so it stays ticked") as refused:
        change(cast, row, Ties((), frozenset({old.pk}), Tied({old: ["informs"]})))
    assert refused.value.field == "sources"


def test_what_cannot_be_tied_is_refused_where_it_was_ticked(cast: Cast):
    row = gap(cast)
    with pytest.raises(Refused, match="itself came of") as refused:
        change(cast, row, Ties((row.node,)))
    assert refused.value.field == "sources"


def test_the_second_of_two_is_shown_what_both_ticked(cast: Cast):
    old, new = gap(cast).node, gap(cast).node
    row = gap(cast, sources=[old])
    edit_gap(by=cast.mo, row=row, revision=1, title="Another", text="")
    with pytest.raises(Changed) as caught:
        change(cast, row, Ties((new,), frozenset({old.pk}), Tied({old: ["informs"]})), title="Mine", revision=1)
    assert caught.value.saved == {"title": "Another", "sources": [old]}
    assert caught.value.sent == {"title": "Mine", "sources": [new]}


def test_what_an_item_repeats_of_what_it_rests_on_stays_there(cast: Cast):
    ground = gap(cast, text=WORDS)
    row = gap(cast, text=f"They say: {WORDS}", sources=[ground.node])
    edit_gap(by=cast.mo, row=ground, revision=1, title="Buses", text=WORDS)
    withdraw_gap(by=cast.mo, row=row)
    ground.refresh_from_db()
    assert ground.text == WORDS


def test_only_spaces_and_line_ends_say_nothing_else(cast: Cast):
    row = gap(cast, text="One.\nTwo.")
    assert not items.says_otherwise(row, {"title": " Gap", "text": "One.\r\nTwo. ", "closed_by": None})
    assert items.says_otherwise(row, {"text": "One. Two."})
    assert items.says_otherwise(row, {"closed_by": row.node})


def test_a_batch_holds_what_it_made_and_reads_anew_what_it_did_not(cast: Cast):
    before = gap(cast)
    with batch():
        made = gap(cast)
        assert items.lock(made) is made
        assert items.lock(before) is not before
    assert items.lock(made) is not made
