"""Markdown made safe, with its citations as whoever shows the text wants them."""

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from weft.core.text import CITATION, MARK, as_mark

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

TAGS = {
    *("p", "br", "hr", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "h5"),
    *("table", "thead", "tbody", "tr", "th", "td", "span", "del", "cite", "q", "bdi"),
}


class Cites:
    """How the citations of a text are shown, as HTML; here nothing is known of what they lead to."""

    def inline(self, code: str) -> str:
        """One in a sentence."""
        return f"<cite>{escape(code)}</cite>"

    def block(self, code: str) -> str:
        """One that stands alone on its line; nothing where that is shown as in a sentence."""
        return ""


PLAIN = Cites()
BREAKS = ("softbreak", "hardbreak")


def _mark_rule(state: "StateInline", silent: bool) -> bool:
    """Markdown rule: the mark that stands in place of words which were taken back or are hidden."""
    match = MARK.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("mark", "", 0).content = match[0]
    state.pos = match.end()
    return True


def _citation_rule(state: "StateInline", silent: bool) -> bool:
    """Markdown rule: `[[F-7K3QD]]` is a citation."""
    match = CITATION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1].upper()
    state.pos = match.end()
    return True


@cache
def parser() -> "MarkdownIt":
    """The one parser of Markdown; imported only now, so that the site starts sooner."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    parser.disable(["image"])
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.inline.ruler.before("link", "mark", _mark_rule)
    parser.inline.add_terminator_char("(")
    parser.add_render_rule("mark", lambda self, tokens, i, options, env: as_mark(tokens[i].content))
    parser.add_render_rule("citation", lambda self, tokens, i, options, env: env["cites"].inline(tokens[i].content))
    parser.add_render_rule("passage", lambda self, tokens, i, options, env: tokens[i].content)
    for opening in ("heading_open", "heading_close"):
        parser.add_render_rule(opening, _heading)
    return parser


def _heading(self: object, tokens: list, i: int, options: object, env: dict) -> str:  # type: ignore[type-arg]
    """Headings in a text stand below those of the page: h3 at the highest."""
    level = min(int(tokens[i].tag[1]) + 2, 5)
    return f"</h{level}>\n" if tokens[i].nesting < 0 else f'<h{level} class="govuk-heading-s">'


def markdown(source: str, cites: Cites = PLAIN) -> SafeString:
    """Markdown as safe HTML; `cites` turns codes into HTML. Raw HTML in the source is shown as text."""
    env = {"cites": cites}
    return rendered(parser().parse(source, env), env)


def rendered(tokens: "list[Token]", env: dict[str, Cites]) -> SafeString:
    """What the parser read, as safe HTML."""
    return cleaned(parser().renderer.render(set_apart(tokens, env["cites"]), parser().options, env))


def set_apart(tokens: "list[Token]", cites: Cites) -> "list[Token]":
    """The same, where each citation that stands alone on a line of a paragraph is a block, if `cites` makes it one.

    A quotation that holds nothing else is not marked as one twice.
    """
    found: list[Token] = []
    quotes: list[int] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "paragraph_open":
            found += _apart(tokens[at], tokens[at + 1], tokens[at + 2], cites)
            at += 3
            continue
        if token.type == "blockquote_open":
            quotes.append(len(found))
        opened = quotes.pop() if token.type == "blockquote_close" else None
        if opened is not None and {one.type for one in found[opened + 1 :]} == {"passage"}:
            del found[opened]
        else:
            found.append(token)
        at += 1
    return found


def _apart(opening: "Token", inline: "Token", closing: "Token", cites: Cites) -> "list[Token]":
    """A paragraph cut at the lines that are blocks."""
    lines = [(line, cites.block(code) if (code := _alone(line)) else "") for line in _lines(inline.children or [])]
    if not any(html for _, html in lines):
        return [opening, inline, closing]
    found: list[Token] = []
    for is_block, some in groupby(lines, lambda one: one[1] != ""):
        if is_block:
            found += (type(inline)("passage", "", 0, content=html) for _, html in some)
            continue
        children = [child for line, _ in some for child in line]
        if children[-1].type in BREAKS:
            children.pop()
        found += [opening, type(inline)("inline", "", 0, children=children), closing]
    return found


def _lines(children: "list[Token]") -> "list[list[Token]]":
    """What stands in a paragraph, line by line, each with its break; a line ends inside no emphasis and no link."""
    lines: list[list[Token]] = [[]]
    depth = 0
    for child in children:
        lines[-1].append(child)
        depth += child.nesting
        if child.type in BREAKS and depth == 0:
            lines.append([])
    return [line for line in lines if line]


def _alone(line: "list[Token]") -> str:
    """The code of the citation that is all that a line says."""
    says = [one for one in line if one.type not in BREAKS and not (one.type == "text" and not one.content.strip())]
    return says[0].content if len(says) == 1 and says[0].type == "citation" else ""


def cleaned(html: str) -> SafeString:
    """HTML made of Markdown, with nothing in it that we did not mean."""
    attributes = {"a": {"href", "title", "class"}, "span": {"class"}, "*": {"dir"}}
    attributes |= {tag: {"class"} for tag in ("h3", "h4", "h5", "p", "blockquote")}
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=attributes, url_schemes={"http", "https", "mailto"}))
