"""Paragraphs of the Word document as XML: the library looks each style up and walks the whole document for each one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HEADINGS = {1: "Heading1", 2: "Heading2", 3: "Heading3"}
ITEM, CAPTION = "ListBullet", "Caption"

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def paragraph(text: str, style: str = "", *, head: str = "") -> Any:
    """Return a paragraph in a style of the template; ``head`` stands before the text in bold."""
    parts = [made("w:pPr", made("w:pStyle", val=style))] if style else []
    if head:
        parts.append(made("w:r", made("w:rPr", made("w:b")), *lines(f"{head}. ")))
    if text:
        parts.append(made("w:r", *lines(text)))
    return made("w:p", *parts)


def lines(text: str) -> Iterator[Any]:
    """What stands in a run: the lines of a text with breaks between them."""
    for place, line in enumerate(text.split("\n")):
        if place:
            yield made("w:br")
        written = made("w:t")
        written.text = line
        if line != line.strip():
            written.set(_SPACE, "preserve")
        yield written


def made(tag: str, *children: Any, **attributes: str) -> Any:
    """Return an element with children and attributes, all of the document's namespace."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    for child in children:
        element.append(child)
    return element
