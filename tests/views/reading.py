"""Read a page the way a browser splits it up."""

from __future__ import annotations

import base64
import json
import re
import zlib
from html.parser import HTMLParser


def said(data, part):
    """Say in English what stands in the data of a page, as its script does."""
    if isinstance(part, str):
        return part
    if isinstance(part, list):
        return ", ".join(said(data, own) for own in part)
    if "s" in part:
        return next(state["name"] for state in data["states"] if state["id"] == part["s"])
    if "n" in part:
        return part["n"][0]
    template = data["templates"][part["t"]] if isinstance(part["t"], int) else part["t"]
    return re.sub(r"\{(\w+)\}", lambda found: said(data, part[found[1]]), template)


def unpacked(reader):
    """Read the data of a map, which stand in its page as one compressed text."""
    return json.loads(zlib.decompress(base64.b64decode(json.loads("".join(reader.data_blocks)))))


class Reader(HTMLParser):
    """Collect tags with attributes, texts outside scripts and styles, scripts, comments."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.data_blocks: list[str] = []
        self.comments: list[str] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in {"script", "style"}:
            self._inside = "data" if dict(attrs).get("type") == "application/json" else tag

    def handle_endtag(self, tag):
        if tag in {"script", "style"}:
            self._inside = ""

    def handle_data(self, data):
        kept = {"script": self.scripts, "data": self.data_blocks, "": self.texts}
        if self._inside in kept:
            kept[self._inside].append(data)

    def handle_comment(self, data):
        self.comments.append(data)

    def first(self, name: str) -> dict[str, str | None]:
        return next(attributes for tag, attributes in self.tags if tag == name)
