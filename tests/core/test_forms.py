"""Forms: what is typed, what is kept, what is said when it is wrong, and how the parts are tied together."""

import re
import uuid
from datetime import date, time
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.template import engines
from django.utils import timezone

from weft.core import forms


class Sheet(forms.Form):
    done = "sent"
    key = forms.KeyField()
    title = forms.LineField(limit=20, help_text="Short.")
    story = forms.TextField(limit=5000, noun="Your story", required=False)
    email = forms.EmailField(required=False)
    amount = forms.PoundsField(required=False)
    how = forms.RadiosField(choices=[("a", "As hoped"), ("b", "Differently")], hints={"b": "For better or worse."})
    uses = forms.TicksField(choices=[("read", "Read it"), ("quote", "Quote it")], required=False)
    about = forms.StitchField(low="Money", high="Welcome")


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def ids(self) -> set[str | None]:
        return {attrs["id"] for _, attrs in self.found if "id" in attrs}


def sent(**values: str) -> Sheet:
    return Sheet({"key": str(uuid.uuid4()), "title": "A day", "how": "a", **values})


def summary(form: forms.Form) -> str:
    return engines["django"].from_string('{% include "core/errors.html" %}').render({"form": form})


def error_of(field: object, typed: object) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return " ".join(caught.value.messages)


def test_every_input_has_a_label_or_a_name():
    elements = Elements(str(Sheet())).found
    labelled = {attrs.get("for") for tag, attrs in elements if tag == "label"}
    for tag, attrs in elements:
        if tag in {"input", "textarea", "select"} and attrs.get("type") != "hidden":
            assert attrs["id"] in labelled or attrs.get("aria-label"), attrs


@pytest.mark.parametrize("form", [Sheet(), Sheet({"amount": "1.234"})])
def test_whatever_describes_a_field_is_on_the_page(form: Sheet):
    page = Elements(str(form))
    described = [attrs["aria-describedby"] for _, attrs in page.found if "aria-describedby" in attrs]
    assert described
    assert set(" ".join(described).split()) <= page.ids()


def test_every_link_of_the_summary_leads_to_a_field():
    form = Sheet({})
    links = re.findall(r'href="#([^"]+)"', summary(form))
    assert links == ["id_title", "id_how_0"]
    assert set(links) <= Elements(str(form)).ids()


def test_the_summary_counts_what_is_wrong_and_says_nothing_before():
    assert "Three things stop this from being sent" in summary(Sheet({}))
    assert "One thing stops this from being sent" in summary(sent(title=""))
    assert summary(Sheet()).strip() == ""


def test_a_wrong_field_says_so_beside_itself_and_keeps_what_was_typed():
    html = " ".join(str(sent(title="x" * 21)).split())
    assert 'value="xxxxxxxxxxxxxxxxxxxxx"' in html
    assert 'aria-invalid="true" aria-describedby="id_title_helptext id_title_error"' in html
    assert '<span class="govuk-visually-hidden">Error:</span> Title can be up to 20 characters. Yours has 21.' in html


def test_the_browser_does_not_cut_what_is_too_long():
    assert "maxlength" not in str(Sheet())


def test_one_long_word_is_measured_in_characters():
    assert sent(story="ä" * 5000).is_valid()
    form = sent(story="ä" * 5214)
    assert form.errors["story"] == ["Your story can be up to 5,000 characters. Yours has 5,214."]


def test_what_people_type_is_never_markup():
    html = str(sent(title="<script>x()</script>", story="</textarea><script>x()</script>"))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_arabic_is_kept_and_set_from_the_right():
    form = sent(title="يوم في الصيف")
    assert form.is_valid()
    assert form.cleaned_data["title"] == "يوم في الصيف"
    assert all(
        attrs.get("dir") == "auto" for _, attrs in Elements(str(form)).found if attrs.get("name") in {"title", "story"}
    )


def test_characters_that_no_database_holds_are_left_out():
    form = sent(title="one\x00 two\ud800\x07  three", story="one\r\ntwo\rthree\n")
    assert form.is_valid()
    assert form.cleaned_data["title"] == "one two three"
    assert form.cleaned_data["story"] == "one\ntwo\nthree"


def test_a_line_end_counts_once():
    assert forms.TextField(limit=3).clean("a\r\nb") == "a\nb"


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("12.50", 1250), ("1,240", 124000), ("£9.6", 960), ("0.01", 1), ("12 pounds", 1200), ("", None)],
)
def test_pounds_become_pence(typed: str, pence: int | None):
    assert forms.PoundsField(required=False).clean(typed) == pence


@pytest.mark.parametrize("typed", ["12.505", "12,50", "1e3", "-5", "ten", "nan", "1" * 400])
def test_what_is_no_amount_is_refused(typed: str):
    assert "like 12.50" in error_of(forms.PoundsField(), typed)


def test_pounds_have_limits():
    assert error_of(forms.PoundsField(), "0") == "That is too little. It must be 0.01 pounds or more."
    assert error_of(forms.PoundsField(highest=5000), "50.01") == "That is too much. It can be up to 50 pounds."


@pytest.mark.parametrize(("pence", "shown"), [(1250, "12.50"), (124000, "1240"), ("12.505", "12.505"), (None, None)])
def test_pence_are_shown_as_they_are_typed(pence: object, shown: object):
    assert forms.PoundsField().prepare_value(pence) == shown


@pytest.mark.parametrize(
    "typed",
    ["2026-11-24", "24/11/2026", "24.11.2026", "24 November 2026", "24th nov 2026", "Tuesday 24 November, 2026"],
)
def test_a_day_is_read_as_people_write_it(typed: str):
    assert forms.DayField().clean(typed) == date(2026, 11, 24)


def test_today_is_a_day():
    assert forms.DayField().clean("Today") == timezone.localdate()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31 February 2026", "There is no such day in the calendar."),
        ("13/13/2026", "There is no such day in the calendar."),
        ("24/11/26", "That day cannot be read."),
        ("ju 24 2026", "That day cannot be read."),
        ("1 ju 2026", "That day cannot be read."),
        ("1 jub 2026", "That day cannot be read."),
        ("1 January 1850", "That is too early. It must be 1 January 1900 or later."),
        ("1 January 9999", "That is too late."),
    ],
)
def test_a_day_that_is_none_is_refused(typed: str, said: str):
    assert error_of(forms.DayField(), typed).startswith(said)


def test_a_kept_day_is_shown_in_words_that_can_be_read_back():
    field = forms.DayField()
    assert field.prepare_value(date(2027, 6, 3)) == "3 June 2027"
    assert field.clean(field.prepare_value(date(2027, 6, 3))) == date(2027, 6, 3)


@pytest.mark.parametrize(
    ("typed", "kept"), [("18:30", time(18, 30)), ("6.30pm", time(18, 30)), ("12am", time(0)), ("12 pm", time(12))]
)
def test_a_time_is_read_as_people_write_it(typed: str, kept: time):
    assert forms.ClockField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["24:00", "13pm", "0am", "half six", "18:60"])
def test_a_time_that_is_none_is_refused(typed: str):
    assert "like 18:30" in error_of(forms.ClockField(), typed)


def test_numbers_have_limits_that_a_database_can_hold():
    assert forms.NumberField().clean("1,240") == 1240
    assert error_of(forms.NumberField(), "9" * 30) == "That is too large. The largest number here is 1,000,000,000."
    assert error_of(forms.NumberField(lowest=1), "0") == "That is too small. The smallest number here is 1."
    assert error_of(forms.NumberField(), "1.5") == "Write a whole number in figures, like 12."


def test_an_address_has_its_keyboard_and_its_sentence():
    assert 'type="email"' in str(Sheet()["email"])
    assert 'autocomplete="email"' in str(Sheet()["email"])
    assert "name@example.org" in error_of(forms.EmailField(), "ana at example")
    assert "too long" in error_of(forms.EmailField(), "a" * 300 + "@example.org")


def test_a_choice_that_was_not_offered_is_refused_in_plain_words():
    assert sent(how="c").errors["how"] == ["That is not one of the choices for “How”. Pick one that is shown."]


def test_stitches_are_a_number_or_nothing():
    five, none, eight = sent(about="5"), sent(), sent(about="8")
    assert five.is_valid()
    assert five.cleaned_data["about"] == 5
    assert none.is_valid()
    assert none.cleaned_data["about"] is None
    assert not eight.is_valid()


def test_stitches_name_their_ends_and_start_empty():
    html = str(Sheet()["about"])
    assert 'aria-label="1 of 7, Money"' in html
    assert 'aria-label="7 of 7, Welcome"' in html
    assert "checked" not in html


def test_the_key_is_made_once_a_form_and_kept_when_something_else_is_wrong():
    form = Sheet()
    assert form["key"].value() == form["key"].value()
    assert form["key"].value() != Sheet()["key"].value()
    wrong = sent(title="")
    assert f'value="{wrong.data["key"]}"' in str(wrong)


def test_a_damaged_key_is_refused_once_and_replaced():
    form = sent(key="'; drop")
    assert "out of date" in form.errors["key"][0]
    again = re.search(r'name="key" value="([^"]+)"', str(form))
    assert again
    assert sent(key=again[1]).is_valid()
