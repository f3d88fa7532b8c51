"""An HTML file as a browser reads it: its tags with their attributes, and the text between them."""

from __future__ import annotations

from html.parser import HTMLParser

from workshop.domain.report import Report
from workshop.reporting import as_html


class Page(HTMLParser):
    """What a browser would find. ``texts`` holds the text of each element that has one, white space folded."""

    def __init__(self, report: Report) -> None:
        super().__init__(convert_charrefs=True)
        self.source = as_html.render(report).decode()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.inside: list[str] = []
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self.feed(self.source)
        self.close()

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        kind = self.inside[-1] if self.inside else ""
        {"style": self.styles, "script": self.scripts}.get(kind, self.words).append(data)
