"""Parse XML that nobody vouches for: no document type, no entity, no network."""

import io
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from weft.exchange.errors import ExchangeError, shown

BROKEN = (etree.XMLSyntaxError, ValueError, LookupError)


def parse_xml(data: bytes, file: Path | str) -> etree._Element:
    """The root element of a document in any encoding it declares. Errors name the line."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except BROKEN as error:
        raise _broken(error, file) from None
    _check_type(root, file)
    return root


def walk_xml(data: bytes, file: Path | str, names: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements of these names, one at a time, for documents too large to hold; each is emptied after its turn.

    The whole document is looked at, also where no element has such a name.
    """
    elements = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=False,
    )
    is_checked = False
    try:
        for event, element in elements:
            if not is_checked:
                _check_type(element, file)
                is_checked = True
            if event == "end" and isinstance(element.tag, str) and element.tag.rpartition("}")[2] in names:
                yield element
                element.clear()
                while (before := element.getprevious()) is not None:
                    before.getparent().remove(before)
    except ExchangeError:
        raise
    except BROKEN as error:
        raise _broken(error, file) from None


def _check_type(element: etree._Element, file: Path | str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise ExchangeError("declares a document type, which is not allowed here.", file=file)


def _broken(error: Exception, file: Path | str) -> ExchangeError:
    line = getattr(error, "lineno", None) or 1
    why = str(error).split(", line ")[0].strip() or "it is empty"
    says = f"the XML is not well formed: {shown(why)}."
    return ExchangeError(says, file=file, row=line, units=("line", "element"))
