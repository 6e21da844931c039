"""Load a citation style that nobody vouches for: well formed, no macro in a circle, none that grows without end."""

import io
import re
from pathlib import Path

from citeproc import STYLES_PATH, CitationStylesStyle
from lxml import etree

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.xml import parse_xml

CSL = "{http://purl.org/net/xbiblio/csl}"
OURS = Path(__file__).parent / "styles"
STYLES = {
    "author-date": Path(STYLES_PATH) / "harvard-cite-them-right.csl",
    "numeric": OURS / "numeric.csl",
    "note": OURS / "note.csl",
}
LARGEST_STYLE = 2_000_000
MOST_FOLLOWED = 20_000
MOST_ELEMENTS = 5_000_000
NAME = re.compile(r"[^\"'\[\]]*")
LOOKED_UP = (
    "macro",
    "variable",
    "term",
    "form",
    "name",
    "default-locale",
    "{http://www.w3.org/XML/1998/namespace}lang",
)


def load_style(style: str | Path, locale: str | None = None) -> CitationStylesStyle:
    """A style by its name (see `STYLES`) or from a `.csl` file, ready to render once."""
    path = STYLES.get(str(style), Path(style))
    if not path.suffix and not path.exists():
        names = ", ".join(STYLES)
        raise ExchangeError(f"is no style; there are {names}, or name a .csl file.", file=str(style), expected=names)
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST_STYLE else b""
    except OSError as error:
        raise ExchangeError(f"cannot be read: {error.strerror or error}.", file=path) from None
    except ValueError:
        raise ExchangeError("cannot be read: this is no name of a file.", file=shown(str(path))) from None
    if not data:
        raise ExchangeError(f"is empty, or larger than {LARGEST_STYLE} bytes.", file=path)
    root = parse_xml(data, path)
    _check(root, path)
    try:
        return CitationStylesStyle(io.BytesIO(etree.tostring(root, encoding="utf-8")), locale, validate=False)
    except Exception as error:
        raise unusable(path, error) from None


def unusable(path: Path | str, error: Exception) -> ExchangeError:
    """The error for a style that the citation processor trips over."""
    says = f"cannot be used as a style ({type(error).__name__})."
    return ExchangeError(says, file=path, expected="a CSL 1.0 style")


def _check(root: etree._Element, path: Path) -> None:
    if root.tag != f"{CSL}style" or root.find(f"{CSL}citation/{CSL}layout") is None:
        says = "is no complete CSL style: it must be a style with a citation and its layout."
        raise ExchangeError(says, file=path, found=str(root.tag), expected="style")
    macros = {one.get("name", ""): one for one in root.iterchildren(f"{CSL}macro")}
    for element in root.iter(f"{CSL}*"):
        for key in LOOKED_UP:
            if not NAME.fullmatch(element.get(key, "")):
                raise _fault(path, element, f"the {key.split('}')[-1]} holds a sign that no name has.")
        if element.get("macro", "") and element.get("macro") not in macros:
            raise _fault(path, element, f"there is no macro {shown(element.get('macro', ''))}.")

    _check_size(root, macros, path)


def _check_size(root: etree._Element, macros: dict[str, etree._Element], path: Path) -> None:
    """Refuse macros that use themselves, or that one reference would have to follow for ever."""
    sizes: dict[str, tuple[int, int]] = {}
    being_sized: list[str] = []

    def of_macro(name: str) -> tuple[int, int]:
        if name in being_sized:
            raise _fault(path, macros[name], f"the macro {shown(name)} uses itself.")
        if name not in sizes:
            being_sized.append(name)
            sizes[name] = of_element(macros[name])
            being_sized.pop()
        return sizes[name]

    def of_element(element: etree._Element) -> tuple[int, int]:
        """How many elements are followed, one branch of each choice, and how many there are in all branches."""
        parts = [of_element(child) for child in element]
        if macro := element.get("macro"):
            parts.append(of_macro(macro))
        followed = [part[0] for part in parts]
        is_choice = element.tag == f"{CSL}choose"
        return 1 + (max(followed, default=0) if is_choice else sum(followed)), 1 + sum(part[1] for part in parts)

    try:
        sized = [of_element(element) for element in root if element.tag != f"{CSL}macro"]
    except RecursionError:
        raise ExchangeError("its macros use one another too deeply.", file=path) from None
    if max(part[0] for part in sized) > MOST_FOLLOWED or max(part[1] for part in sized) > MOST_ELEMENTS:
        raise ExchangeError("its macros grow into more than can be followed.", file=path)


def _fault(path: Path, element: etree._Element, says: str) -> ExchangeError:
    line = getattr(element, "sourceline", None)
    return ExchangeError(says, file=path, row=line, column=etree.QName(element).localname, units=("line", "element"))
