"""A folium figure that opens without a network: everything it needs stands in the page."""

from __future__ import annotations

import base64
import hashlib
import html
import importlib.resources
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from branca.element import Element, Figure, Link

from cacorridor.errors import UsageError
from cacorridor.views.markup import describe_page

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAFLET = "xstatic.pkg.leaflet"
LEAFLET_JS = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js"
NOT_NEEDED = frozenset(  # folium links these on every map; nothing on ours uses them
    {
        "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.css",  # stands in every page already
        "https://code.jquery.com/jquery-3.7.1.min.js",
        "https://cdn.jsdelivr.net/npm/bootstrap@5.2.2/dist/js/bootstrap.bundle.min.js",
        "https://cdnjs.cloudflare.com/ajax/libs/Leaflet.awesome-markers/2.0.2/leaflet.awesome-markers.js",
        "https://cdn.jsdelivr.net/npm/bootstrap@5.2.2/dist/css/bootstrap.min.css",
        "https://netdna.bootstrapcdn.com/bootstrap/3.0.0/css/bootstrap-glyphicons.css",
        "https://cdn.jsdelivr.net/npm/@fortawesome/fontawesome-free@6.2.0/css/all.min.css",
        "https://cdnjs.cloudflare.com/ajax/libs/Leaflet.awesome-markers/2.0.2/leaflet.awesome-markers.css",
        "https://cdn.jsdelivr.net/gh/python-visualization/folium/folium/templates/leaflet.awesome.rotate.min.css",
    }
)
NEEDS = {  # what folium writes into its script, and the asset that it would ask the network for
    "$(": "jQuery (folium.Popup, keep_in_front); bind a Tooltip instead",
    "L.AwesomeMarkers": "Leaflet.awesome-markers (folium.Icon); use a DivIcon instead",
    "L.tileLayer": "map tiles; make the map with tiles=None",
}
ICON = (  # a line through a square; an empty address makes Firefox complain
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E"
    "%3Cpath d='M0 7L3 3L5 5L8 1' fill='none' stroke='%230b5c8f' stroke-width='1.5'/%3E%3C/svg%3E"
)
CSP = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; "
    "script-src {scripts}; base-uri 'none'; form-action 'none'"
)
NO_SCRIPT = (
    "<noscript><style>.cac-needs-script { display: none !important; } "
    ".cac-app, .cac-explorer { display: block !important; height: auto !important; }</style></noscript>"
)
INDENT = re.compile(r"^ +|/\*[^*]*\*/\n", re.MULTILINE)  # what only readers of a style need
ROOM = re.compile(r" ?([{};:,]) ")  # and spaces; in a selector only a comma stands before one
PICTURED = ("L.marker(", "L.control.layers(")  # what shows a picture of Leaflet's
PICTURE = re.compile(r"url\((images/[\w.-]+)\)")
INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
META = re.compile(r"<meta\b[^>]*>")


@dataclass(frozen=True)
class PageParts:
    """What surrounds the map: the title (text), the markup before and after it, styles, scripts and data."""

    title: str
    before: str = ""
    after: str = ""
    style: str = ""
    script: str = ""  # ASCII, runs when the map exists
    block: str = ""  # data of the scripts, see ``json_element``
    about: str = ""  # one sentence, for search engines and previews of links


class OfflineFigure(Figure):
    """A figure that carries Leaflet and refuses what would need the network.

    Add a ``folium.Map`` made with ``tiles=None``. A policy in the page allows exactly the scripts
    written here (by hash) and no request at all. The same content gives the same bytes.
    """

    def __init__(self, page: PageParts) -> None:
        super().__init__(title=page.title)
        self.page = page

    def render(self, **kwargs: object) -> str:
        """Render the page.

        Raises
        ------
        UsageError
            If an element needs an asset that is not packaged.
        """
        # the same content must give the same bytes, so ids are counted and not drawn
        _number(self)
        for child in list(self._children.values()):
            child.render(**kwargs)
        styles, scripts = _split_header(list(self.header._children.values()))  # noqa: SLF001  # branca has no public way
        script = self.script.render(**kwargs)
        _refuse_missing(script)

        # Leaflet first, then folium's map, then what draws on it
        scripts = [*scripts, leaflet_js(), script, self.page.script]
        body = [self.page.before, self.html.render(**kwargs), self.page.after, self.page.block]
        pictures = any(sign in script for sign in PICTURED)
        return _write(self.page, [leaflet_css(pictures=pictures), *styles, self.page.style], body, scripts)


def _number(figure: Figure) -> None:
    """Give the elements ids by their order instead of random ones."""
    for index, element in enumerate(_descendants(figure)):
        element._id = f"{index:04d}"  # noqa: SLF001  # branca draws random ids


def _descendants(element: Element) -> Iterator[Element]:
    for child in list(element._children.values()):  # noqa: SLF001
        yield child
        yield from _descendants(child)


def _split_header(children: list[Any]) -> tuple[list[str], list[str]]:
    """Sort what folium wants in the head into styles and scripts; linked assets are not linked."""
    styles: list[str] = []
    scripts: list[str] = []
    for child in children:
        if isinstance(child, Link):
            _refuse_unknown(child.url)
            continue
        # the page has its own meta elements; styles and scripts are gathered, anything else is refused
        text = META.sub("", child.render())
        for name, content in INLINE.findall(text):
            (styles if name == "style" else scripts).append(content)
        rest = INLINE.sub("", text).strip()
        if rest:
            raise UsageError(f"the page head allows inline styles and scripts only, not: {rest[:80]}")
    return styles, scripts


def _refuse_unknown(url: str) -> None:
    if url != LEAFLET_JS and url not in NOT_NEEDED:
        raise UsageError(
            f"an element of the map links {url}, which is not packaged: the page would not open offline"
        )


def _refuse_missing(script: str) -> None:
    for sign, asset in NEEDS.items():
        if sign in script:
            raise UsageError(f"an element of the map needs {asset}: it is not packaged")


def _write(page: PageParts, styles: list[str], body: list[str], scripts: list[str]) -> str:
    scripts = [text for text in scripts if text.strip()]
    for text in scripts:
        if "</script" in text.lower() or "<!--" in text:
            raise UsageError("a script of the map contains markup that would end it: hand data over as JSON")
    policy = CSP.format(scripts=" ".join(map(script_hash, scripts)))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{html.escape(page.title)}</title>",
            '<meta name="color-scheme" content="light dark">',
            *(describe_page(page.title, page.about) if page.about else ()),
            f'<link rel="icon" href="{ICON}">',
            f"<!-- This page contains Leaflet 1.9.3.\n\n{asset('leaflet-licence.txt')}-->",
            *(f"<style>{style}</style>" for style in styles),
            NO_SCRIPT,
            "</head>",
            "<body>",
            *body,
            *(f"<script>{text}</script>" for text in scripts),
            "</body>",
            "</html>",
            "",
        ]
    )


def script_hash(script: str) -> str:
    """Hash a script the way a content security policy names it."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def leaflet_js() -> str:
    """Return Leaflet, without the address of its source map."""
    text: str = (_leaflet() / "leaflet.js").read_text(encoding="utf-8")
    return text.partition("//# sourceMappingURL")[0]


def leaflet_css(*, pictures: bool) -> str:
    """Return Leaflet's styles, with the pictures of its own marks and buttons inside where they are used."""
    text = (_leaflet() / "leaflet.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/\s*", "", text, flags=re.DOTALL)
    return PICTURE.sub(lambda match: f"url({_picture(match[1])})" if pictures else "none", text)


def _picture(name: str) -> str:
    content = base64.b64encode((_leaflet() / name).read_bytes()).decode()
    return f"data:image/png;base64,{content}"


def _leaflet() -> Any:
    return importlib.resources.files(LEAFLET) / "data"


def asset(name: str, room: str = "explorer") -> str:
    """Read a file that belongs to a room of the views."""
    folder = importlib.resources.files("cacorridor.views") / room / "assets"
    text = (folder / name).read_text(encoding="utf-8")
    return ROOM.sub(r"\1", INDENT.sub("", text)) if name.endswith(".css") else text
