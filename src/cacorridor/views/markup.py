"""Write HTML that cannot be broken by data: text is escaped unless it is markup already."""

from __future__ import annotations

import base64
import html
import json
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cacorridor.views.words.phrases import Name, Phrase, as_data, english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cacorridor.views.tables import TableView

LINKABLE = ("http", "https")
LABELS = ("aria-label", "label", "content")  # attributes that a reader meets as text
# letters that end a script element, or a line of JavaScript, in the middle of a text
UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "&<>\u2028\u2029"}


class Html(str):
    """Text that is markup already; every other text is escaped where it meets markup."""

    __slots__ = ()


def tag(name: str, *children: object, **attributes: object) -> Html:
    """Write an element; ``class_`` stands for class, ``data_x`` for data-x, True for a bare attribute."""
    # an element that says one phrase and nothing else carries it itself
    if len(children) == 1 and spoken(children[0]):
        attributes |= spoken(children[0])
        children = (english(children[0]),)  # type: ignore[arg-type]  # only phrases are spoken
    written = "".join(_attribute(*pair) for pair in attributes.items())
    return Html(f"<{name}{written}>{''.join(map(_safe, children))}</{name}>")


def describe_page(title: object, about: object) -> Iterator[Html]:
    """Describe a page in its head to search engines, and to programs that preview a link."""
    described = (("property", "og:title", title), ("property", "og:description", about))
    for kind, key, content in (*described, ("name", "description", about)):
        yield Html(f"<meta{_attribute(kind, key)}{_attribute('content', content)}>")


def join(parts: Iterable[Html]) -> Html:
    """Put pieces of markup one after the other."""
    return Html("\n".join(parts))


def _safe(child: object) -> str:
    # a phrase carries its template along, so that it can be said in another language
    if isinstance(child, Html):
        return child
    return tag("span", child) if spoken(child) else html.escape(str(child))


def spoken(part: object) -> dict[str, object]:
    """Give the attributes by which the text of an element is said in another language."""
    if isinstance(part, Phrase) and not part.parts:  # the English text is its own template
        return {"data_t": True}
    return {"data_say": _dumped(as_data(part))} if isinstance(part, Phrase | Name | tuple) else {}


def _dumped(content: Any) -> str:
    return json.dumps(content, separators=(",", ":"), allow_nan=False, ensure_ascii=False)


def json_element(content: Any, key: str) -> Html:
    """Write data for a script as an element of JSON that no text in it can leave; ``key`` is its id."""
    return Html(f'<script type="application/json" id="{key}">{_dumped(content).translate(UNSAFE)}</script>')


def packed_element(content: Any, key: str) -> Html:
    """Write data for a script as one compressed text (zlib, base64), less than half as long."""
    packed = base64.b64encode(zlib.compress(_dumped(content).encode(), level=9)).decode()
    return json_element(packed, key)


def _attribute(name: str, content: object) -> str:
    if content is None or content is False:
        return ""
    # class is a word of Python, and names of attributes have hyphens
    key = name.rstrip("_").replace("_", "-")
    written = f" {key}" if content is True else f' {key}="{html.escape(str(content))}"'
    # the name of an element may be a phrase as well as its text; what stands bare is its own template
    if key in LABELS and isinstance(content, Phrase | Name):
        return f"{written}{_attribute('data_say_label', _dumped(as_data(content)))}"
    return written


def table(
    caption: object, head: Sequence[object], rows: Iterable[Html | Sequence[object]], *, class_: str = ""
) -> Html:
    """Write a table whose first column names the row; a cell that is a td or th is taken as it is."""
    header = tag("tr", *(_cell("th", cell, scope="col") for cell in head))
    body = [_table_row(row) for row in rows]

    # a wide table scrolls in a frame of its own, named for screen readers and reached by the keyboard
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("thead", header),
            tag("tbody", join(body)),
        ),
        class_=f"cac-scroll {class_}".strip(),
        role="region",
        aria_label=caption,
        tabindex="0",
    )


def table_of(view: TableView, *, class_: str = "") -> Html:
    """Write a view of a table; figures that stand right are marked as numbers."""
    marks = [{"class_": "cac-number"} if column.align == "right" else None for column in view.columns]
    rows = [list(map(_marked_cell, row, marks)) for row in view.rows]
    return table(view.caption, view.headings, rows, class_=class_)


def row_across(content: object, count: int) -> Html:
    """Write a row that is a heading of the rows below it, across so many columns."""
    return tag("tr", tag("th", content, colspan=count, scope="rowgroup"), class_="cac-parting")


def _table_row(row: Html | Sequence[object]) -> Html:
    """Write a row of a table; its first cell is the heading of the row."""
    if isinstance(row, Html):
        return row
    name, *cells = row
    return tag("tr", _cell("th", name, scope="row"), *(_cell("td", cell) for cell in cells))


def _marked_cell(content: str, mark: dict[str, str] | None) -> str:
    """Write a cell that has a mark; leave the others to ``table``."""
    return tag("td", content, **mark) if mark else content


def _cell(name: str, content: object, **attributes: object) -> Html:
    if isinstance(content, Html) and content.startswith(("<td", "<th")):
        return content
    return tag(name, content, **attributes)


def address(text: str, label: str = "") -> Html:
    """Write where a source can be read: a link if it is one of the web, else plain text; or its label."""
    # an address comes from the tables of a user: only the web is linked, never a script or a file
    label = label or text
    try:
        parts = urlsplit(text)
    except ValueError:
        return tag("span", label)
    clean = text.isprintable() and not any(letter.isspace() for letter in text)
    if clean and parts.scheme in LINKABLE and parts.netloc:
        return tag("a", label, href=text, rel="noopener noreferrer")
    return tag("span", label)
