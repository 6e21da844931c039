"""Parse XML that nobody vouches for: no document type, no entity, no network."""

from pathlib import Path

from lxml import etree

from weft.exchange.errors import ExchangeError, shown


def parse_xml(data: bytes, file: Path | str) -> etree._Element:
    """The root element of a document in any encoding it declares. Errors name the line."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None) or 1
        why = str(error).split(", line ")[0].strip() or "it is empty"
        says = f"the XML is not well formed: {shown(why)}."
        raise ExchangeError(says, file=file, row=line, units=("line", "element")) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ExchangeError("declares a document type, which is not allowed here.", file=file)
    return root
