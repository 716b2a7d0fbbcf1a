"""The forms of a page, as a browser would fill and send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    """A form as its page shows it: where it goes, what it holds, and what its lists offer."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self.open: PageForm | None = None
        self.selecting = self.writing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "form":
            action = given.get("action") or self.address
            self.open = PageForm(action, given.get("method", "get").upper())
            self.forms.append(self.open)
        elif self.open:
            self.part(self.open, tag, given)

    def part(self, form: PageForm, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "option":
            self.offer(form, self.selecting, value, taken="selected" in given)
        elif tag == "select":
            self.selecting = name
        elif tag == "textarea":
            self.writing = name
            form.fields[name] = ""
        elif tag in ("input", "button") and name:
            kind = given.get("type", "text")
            if kind == "file":
                form.files.append(name)
            elif kind in ("radio", "checkbox") or tag == "button":
                self.offer(form, name, value, taken="checked" in given)
            else:
                form.fields[name] = value

    @staticmethod
    def offer(form: PageForm, name: str, value: str, *, taken: bool) -> None:
        form.offered.setdefault(name, []).append(value)
        if taken:
            form.fields[name] = value

    def handle_data(self, data: str) -> None:
        if self.writing and self.open:
            self.open.fields[self.writing] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.selecting = ""
        elif tag == "textarea":
            self.writing = ""


def forms_and_links(address: str, page: str) -> tuple[list[PageForm], list[str]]:
    """The forms of a page, and the addresses of this site that it links to."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms, [link for link in reader.links if link.startswith("/")]
