"""What WeasyPrint leaves to be done for PDF/A-3a and PDF/UA-1 at once.

`finish` runs on pydyf's tree just before it is written. The tree is a list of objects that name
each other by references such as "12 0 R".
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

import pydyf
from weasyprint.document import Document
from weasyprint.pdf.metadata import DocumentMetadata

_UA_METADATA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li>\
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


POINTS_A_PIXEL = 0.75


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """Complete metadata, attachments and structure of a tagged PDF in place."""
    objects = pdf.objects
    _complete_metadata(_number(objects, pdf.catalog["Metadata"]), document.metadata)
    _tidy_attachments(pdf)
    root = _number(objects, pdf.catalog["StructTreeRoot"])
    elements = list(_structure(objects, _number(objects, root["K"][0])))
    _place_figures(objects, elements)
    _mark_margins(pdf, root, {element.number for element in elements})
    for element in elements:
        _add_attributes(objects, element)
    _name_fonts(objects)
    _compress(objects)


def _complete_metadata(stream: pydyf.Stream, metadata: DocumentMetadata) -> None:
    """Claim PDF/UA-1 beside PDF/A, with the schema that PDF/A asks for it, in plain XMP."""
    stream.compress = False
    ours = _UA_METADATA + _dublin_core(metadata)
    stream.stream = [xmp.replace(b"</rdf:RDF>", ours + b"</rdf:RDF>") for xmp in stream.stream]


def _dublin_core(metadata: DocumentMetadata) -> bytes:
    """The number of the record and the language of the document."""
    identifier, language = (
        escape(metadata.custom.get("identifier", "")),
        escape(metadata.lang or ""),
    )
    return (
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:identifier>{identifier}</dc:identifier>"
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
        "</rdf:Description>\n"
    ).encode()


def _name_fonts(objects: list[Any]) -> None:
    """Fonts by their names, without the comma of a family whose name ends in a number."""
    for item in objects:
        for key in ("BaseFont", "FontName"):
            if isinstance(item, pydyf.Dictionary) and isinstance(item.get(key), bytes):
                item[key] = item[key].rstrip(b",")


def _compress(objects: list[Any]) -> None:
    """By zlib's usual level: pydyf's takes three times as long and saves two per cent."""
    for item in objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            item.compress = False
            content = item.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            item.stream = [zlib.compress(content)]
            item.extra["Filter"] = "/FlateDecode"


def _number(objects: list[Any], reference: bytes | str) -> Any:
    return objects[int(reference.split()[0])]


def _tidy_attachments(pdf: pydyf.PDF) -> None:
    """List each file once and sort the name tree, as PDF asks of name trees."""
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    names = _number(pdf.objects, pdf.catalog["Names"]["EmbeddedFiles"])["Names"]
    pairs = sorted(zip(names[::2], names[1::2], strict=True), key=lambda pair: pair[0].data)
    names[:] = [part for pair in pairs for part in pair]


def _place_figures(objects: list[Any], elements: list[Any]) -> None:
    """Boxes of figures in points from the bottom of the page; they come in CSS pixels from the
    top."""
    for element in elements:
        if element.get("S") == "/Figure":
            top = _number(objects, element["Pg"])["MediaBox"][3]
            x1, y1, x2, y2 = (POINTS_A_PIXEL * number for number in element["A"]["BBox"])
            box = (x1, top - y2, x2, top - y1)
            element["A"]["BBox"] = pydyf.Array([round(number, 2) for number in box])


def _structure(objects: list[Any], element: Any) -> Iterator[Any]:
    """The structure element and all below it, in reading order."""
    yield element
    for kid in element.get("K", ()):
        if isinstance(kid, (bytes, str)):
            child = _number(objects, kid)
            if child.get("Type") == "/StructElem":
                yield from _structure(objects, child)


def _mark_margins(pdf: pydyf.PDF, root: Any, alive: set[int]) -> None:
    """Running headers and footers become artifacts instead of elements that hang in the air."""
    orphans: dict[bytes, set[int]] = defaultdict(set)
    for item in pdf.objects:
        if (
            isinstance(item, pydyf.Dictionary)
            and item.get("Type") == "/StructElem"
            and item.number not in alive
        ):
            orphans[item["Pg"]].update(kid for kid in item["K"] if isinstance(kid, int))
            item.clear()
    numbers = _number(pdf.objects, root["ParentTree"])["Nums"]
    for reference in pdf.page_references:
        page = _number(pdf.objects, reference)
        content = _number(pdf.objects, page["Contents"])
        _mark_artifacts(content.stream, orphans[reference])
        parents = numbers[numbers.index(page["StructParents"]) + 1]
        for identifier in orphans[reference]:
            parents[identifier] = "null"


def _mark_artifacts(stream: list[Any], identifiers: set[int]) -> None:
    for index in range(len(stream) - 2):
        _, mark, operator = stream[index : index + 3]
        if (
            operator == b"BDC"
            and isinstance(mark, pydyf.Dictionary)
            and mark.get("MCID") in (identifiers)
        ):
            stream[index : index + 2] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})


def _add_attributes(objects: list[Any], element: Any) -> None:
    """Header cells say what they head, lists how they are numbered."""
    if element.get("S") == "/TH":
        row = _number(objects, element["P"])
        heads_column = _number(objects, row["P"])["S"] == "/THead"
        attributes = element.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
        attributes["Scope"] = "/Column" if heads_column else "/Row"
    elif element.get("S") == "/L":
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": "/Disc"})
