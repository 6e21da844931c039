"""Draw a placed weave as SVG, layer on layer; nothing is transparent."""

from dataclasses import dataclass

from weft.pictures.svg import FONT, PAPER, Pen
from weft.pictures.weave.arrange import Point
from weft.pictures.weave.cloth import draw_ends, draw_fringe, draw_warp
from weft.pictures.weave.items import Graph
from weft.pictures.weave.knots import draw_knots
from weft.pictures.weave.labels import titles, view_box, write
from weft.pictures.weave.place import Placed
from weft.pictures.weave.sheet import Sheet
from weft.pictures.weave.threads import draw_threads
from weft.pictures.weave.words import Words


@dataclass(frozen=True, slots=True)
class Dress:
    """How the SVG element presents itself."""

    uid: str
    title: str
    desc: str
    standalone: bool
    links: bool


def draw(placed: Placed, graph: Graph, words: Words, numbers: dict[Point, int], dress: Dress) -> str:
    """The SVG element."""
    pen = Pen(standalone=dress.standalone)
    sheet = Sheet(placed, pen, dimmed=bool(numbers), fewest=words.numbers.fewest)
    if placed.frame.turned:
        pen.add('<g transform="matrix(0 1 1 0 0 0)">')
    pen.add('<g fill="none">')
    draw_warp(sheet)
    draw_fringe(sheet)
    draw_threads(sheet)
    draw_ends(sheet)
    pen.add("</g>")
    labels = draw_knots(sheet, words, numbers, links=dress.links)
    if placed.frame.turned:
        pen.add("</g>")
    write(sheet, graph, words, labels)
    return _element(view_box(sheet), pen.markup(), dress)


def _element(box: str, body: str, dress: Dress) -> str:
    """The direction is fixed because a page read from right to left mirrors the picture and turns its text back."""
    space = ' xmlns="http://www.w3.org/2000/svg"' if dress.standalone else ""
    ground = ""
    if dress.standalone:
        x, y, width, height = box.split()
        ground = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{PAPER}"/>'
    role, uid = "group" if dress.links else "img", dress.uid
    name = f'role="{role}" aria-labelledby="{uid}-t" aria-describedby="{uid}-d" direction="ltr" font-family="{FONT}"'
    return f'<svg{space} class="wv" viewBox="{box}" {name}>{titles(uid, dress.title, dress.desc)}{ground}{body}</svg>'
