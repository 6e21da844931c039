"""Saving a text that somebody else may have saved first."""

from django.http import QueryDict
from django.test import RequestFactory

from weft.core import forms
from weft.core.errors import Changed, Refused
from weft.core.pages import form_page
from weft.core.saving import attempt


class Text(forms.RevisedForm):
    text = forms.TextField(limit=500)


def sent(text: str, revision: object) -> Text:
    """The form as somebody sent it who opened it on the first text."""
    data = QueryDict(mutable=True)
    data.update({"text": text, "revision": str(revision)})
    data._mutable = False
    return Text(data, initial={"text": "As it was", "revision": 1})


def newer(by: str = "") -> None:
    """What an action does that finds a newer text."""
    raise Changed(saved="Ana’s <b>newer</b> text", sent="My text", revision=2, saved_by=by)


def shown(form: Text) -> tuple[int, str]:
    """The status and the words of the page with the form."""
    response = form_page(RequestFactory().get("/"), form, "Change it", "/back/")
    return response.status_code, response.content.decode()


def test_what_nothing_stands_against_is_saved():
    form = sent("My text", 1)
    assert attempt(form, lambda: form.cleaned_data) == {"text": "My text", "revision": 1}
    assert form.changed is None


def test_a_text_that_somebody_saved_meanwhile_is_shown_beside_ones_own():
    form = sent("My text", 1)
    assert attempt(form, lambda: newer("Ana")) is None
    status, page = shown(form)
    assert status == 409
    assert "Ana saved a newer text while you were writing. Here are both." in page
    assert "Ana’s &lt;b&gt;newer&lt;/b&gt; text" in page
    assert page.count("My text") == 2, "beside hers, and in the form"


def test_without_a_name_it_was_somebody_else():
    form = sent("My text", 1)
    attempt(form, newer)
    assert "Somebody else saved a newer text" in shown(form)[1]


def test_saving_again_carries_the_revision_that_was_shown():
    form = sent("My text", 1)
    attempt(form, newer)
    again = sent("Both", form["revision"].value())
    assert again.is_valid()
    assert again.is_valid()
    assert again.cleaned_data["revision"] == 2


def test_what_is_refused_stands_at_its_field_and_the_text_is_kept():
    def refuse() -> None:
        raise Refused("This text stands as it was answered.")

    form = sent("My text", 1)
    attempt(form, refuse, "text")
    status, page = shown(form)
    assert (status, form.errors["text"]) == (422, ["This text stands as it was answered."])
    assert "My text" in page


def test_what_is_not_right_is_not_tried():
    form = sent("", 1)
    assert attempt(form, newer) is None
    assert (form.changed, shown(form)[0]) == (None, 422)


def test_a_damaged_revision_is_refused_once_and_put_right():
    form = sent("My text", "x")
    assert "out of date" in form.errors["revision"][0]
    assert form["revision"].value() == 1
