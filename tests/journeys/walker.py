"""Walking through the pages as a person without JavaScript does: reading, following links, filling in forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client
from lxml.html import fromstring

VOID = {"input", "br", "hr", "img", "meta", "link", "path", "circle", "rect", "use"}


@dataclass
class Form:
    """A form on a page: where it goes, what it holds as it stands, and its buttons by their words."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)


class Page(HTMLParser):
    """A page as it is read: its links and forms."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._link: list[str] | None = None
        self._href = ""
        self._button: tuple[dict[str, str], list[str]] | None = None
        self._area: tuple[str, list[str]] | None = None
        self._select = ""
        self._option: tuple[str, list[str]] | None = None
        self._labels: dict[str, str] = {}
        self._label: tuple[str, list[str]] | None = None
        self._ids: dict[str, tuple[Form, str, str]] = {}
        self.feed(html)
        for key, (form, name, value) in self._ids.items():
            form.choices.setdefault(name, {})[" ".join(self._labels.get(key, "").split())] = value

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(found.get("action", ""), found.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in found:
            self._link, self._href = [], found["href"]
        elif tag == "label":
            self._label = (found.get("for", ""), [])
        elif tag == "button" and self._form:
            self._button = (found, [])
        elif self._form and tag == "input":
            self._input(found)
        elif self._form and tag == "textarea":
            self._area = (found["name"], [])
            self._form.names.add(found["name"])
        elif self._form and tag == "select":
            self._select = found["name"]
            self._form.names.add(found["name"])
        elif self._form and tag == "option":
            self._option = (found.get("value", ""), [])
            if "selected" in found:
                self._form.values.setdefault(self._select, []).append(found.get("value", ""))

    def _input(self, found: dict[str, str]) -> None:
        form, kind, name = self._form, found.get("type", "text"), found.get("name", "")
        if form is None or not name:
            return
        form.names.add(name)
        if kind in {"radio", "checkbox"}:
            self._ids[found.get("id", "")] = (form, name, found.get("value", "on"))
            if "checked" not in found:
                return
        form.values.setdefault(name, []).append(found.get("value", "on" if kind == "checkbox" else ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        pairs = (self._button, self._area, self._option, self._label)
        for open_part in (self._link, *(pair[1] for pair in pairs if pair)):
            if open_part is not None:
                open_part.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "a" and self._link is not None:
            self.links.append((" ".join("".join(self._link).split()), self._href))
            self._link = None
        elif tag == "label" and self._label:
            self._labels[self._label[0]] = "".join(self._label[1])
            self._label = None
        elif tag == "button" and self._button and self._form:
            found, words = self._button
            said = " ".join("".join(words).split())
            self._form.buttons[said] = (found.get("name", ""), found.get("value", ""), found.get("formaction", ""))
            self._button = None
        elif tag == "textarea" and self._area and self._form:
            text = "".join(self._area[1])
            self._form.values[self._area[0]] = [text[1:] if text.startswith("\n") else text]
            self._area = None
        elif tag == "option" and self._option and self._form:
            said = " ".join("".join(self._option[1]).split())
            self._form.choices.setdefault(self._select, {})[said] = self._option[0]
            self._option = None


def links(text: str) -> list[str]:
    """Where the links of a page lead, for whoever needs no more of it."""
    return [str(href) for href in fromstring(text).xpath("//a/@href")]


class Walker:
    """Somebody with a browser of their own."""

    def __init__(self, client: Any = None) -> None:
        self.client = client or Client()
        self.address, self.status, self.html = "", 0, ""
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """What is open, taken apart when somebody first asks."""
        if self._page is None:
            self._page = Page(self.html)
        return self._page

    def open(self, address: str) -> "Walker":
        """Open a page, and wherever it leads."""
        return self._arrive(self.client.get(address, follow=True), address)

    def _arrive(self, answer: object, address: str) -> "Walker":
        chain = getattr(answer, "redirect_chain", [])
        self.address = urljoin(address, chain[-1][0]) if chain else address
        self.status, self.html = answer.status_code, answer.content.decode()  # type: ignore[attr-defined]
        self._page = None
        assert self.status < 500, f"{self.address} answered {self.status}"
        return self

    def reads(self, words: str) -> bool:
        """Whether the page says so."""
        return " ".join(words.split()) in " ".join(" ".join(self.page.words).split())

    def follow(self, words: str) -> "Walker":
        """Follow the link with these words."""
        found = [href for text, href in self.page.links if words in text]
        assert found, f"No link says {words!r} on {self.address}: {[text for text, _ in self.page.links]}"
        return self.open(urljoin(self.address, found[0]))

    def press(self, button: str, **typed: object) -> "Walker":
        """Fill in the form with this button and press it. Choices may be given by their words or their value."""
        form, known = next(
            ((form, name) for form in self.page.forms for name in form.buttons if button in name), (None, "")
        )
        shown = [list(one.buttons) for one in self.page.forms]
        assert form is not None, f"No button says {button!r} on {self.address}: {shown}"
        data = {name: list(values) for name, values in form.values.items()}
        for name, value in typed.items():
            assert name in form.names, f"The form on {self.address} has no {name!r}, but {sorted(form.names)}"
            given = [str(one) for one in (value if isinstance(value, list | tuple) else [value])]
            data[name] = [form.choices.get(name, {}).get(one, one) for one in given]
        name, value, action = form.buttons[known]
        if name:
            data[name] = [value]
        target = urljoin(self.address, action or form.action)
        if form.method == "get":
            return self._arrive(self.client.get(target, data, follow=True), target)
        return self._arrive(self.client.post(target, data, follow=True), target)
