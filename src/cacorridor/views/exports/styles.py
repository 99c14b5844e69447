"""Styles of layers in the language of QGIS (QML): modes in their colours, stops as points, states tinted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    import geopandas as gpd

    from cacorridor.network.model import Network

INK = "#26323b"
TINT = "#2f6f9f"
OPAQUE, HALF = "255", "96"  # of 255
LINE_MM = "0.8"
# by the kind of geometry: symbol, its layer, the option that holds the colour, and its other options
SYMBOLS = {
    "Point": ("marker", "SimpleMarker", "color", {"name": "circle", "size": "2.2"}),
    "LineString": ("line", "SimpleLine", "line_color", {"line_width": LINE_MM, "capstyle": "round"}),
    "Polygon": ("fill", "SimpleFill", "color", {"outline_color": "90,90,90,255", "outline_width": "0.2"}),
}  # fmt: skip


def style_of(network: Network, frame: gpd.GeoDataFrame) -> str:
    """Write the style of a layer.

    Parameters
    ----------
    network
        Its modes have the colours.
    frame
        The layer; where it has a column ``mode``, each mode has its colour.

    Returns
    -------
    str
        QML.

    """
    kinds = frame.geom_type.dropna().str.removeprefix("Multi")
    kind = kinds.iloc[0] if len(kinds) else "Point"
    modes = network.tables["modes"]
    colours = dict(zip(modes["id"], modes["colour"], strict=True))
    labels = dict(zip(modes["id"], modes["label"], strict=True))
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology|Labeling")
    if kind == "Point" and "name" in frame:
        _add_labels(root, "name")
    # one symbol for all, but lines by the mode that runs on them
    if kind != "LineString" or "mode" not in frame:
        colour = TINT if kind == "Polygon" else INK
        renderer = ET.SubElement(root, "renderer-v2", type="singleSymbol", enableorderby="0")
        _add_symbol(ET.SubElement(renderer, "symbols"), "0", kind, colour)
        return ET.tostring(root, encoding="unicode")
    renderer = ET.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr="mode", symbollevels="0", enableorderby="0"
    )
    categories, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    modes_met = sorted(set(frame["mode"]))
    for number, mode in enumerate(modes_met):
        key = str(number)
        ET.SubElement(
            categories, "category", symbol=key, value=mode, label=labels.get(mode, mode), render="true"
        )
        _add_symbol(symbols, key, kind, colours.get(mode, INK))
    return ET.tostring(root, encoding="unicode")


def _add_symbol(symbols: ET.Element, name: str, kind: str, colour: str) -> None:
    """Add a symbol of one layer."""
    symbol, layer, colour_option, others = SYMBOLS[kind]
    element = ET.SubElement(symbols, "symbol", type=symbol, name=name, alpha="1", clip_to_extent="1")
    drawn = ET.SubElement(element, "layer", {"class": layer, "enabled": "1", "locked": "0", "pass": "0"})
    options = ET.SubElement(drawn, "Option", type="Map")
    alpha = HALF if kind == "Polygon" else OPAQUE
    for key, text in {colour_option: _rgba(colour, alpha), **others}.items():
        ET.SubElement(options, "Option", type="QString", name=key, value=text)


def _add_labels(root: ET.Element, column: str) -> None:
    """Write a column beside the points of a layer, on a light halo; QGIS leaves out what has no room."""
    root.set("labelsEnabled", "1")
    settings = ET.SubElement(ET.SubElement(root, "labeling", type="simple"), "settings")
    text = ET.SubElement(settings, "text-style", fieldName=column, fontSize="9", textColor=_rgba(INK, OPAQUE))
    ET.SubElement(text, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor="255,255,255,255")
    ET.SubElement(settings, "placement", placement="6", dist="1")  # beside a point, where cartographers would


def _rgba(colour: str, alpha: str) -> str:
    """Turn #rrggbb into the numbers that QGIS writes."""
    parts = [str(int(colour[start : start + 2], 16)) for start in (1, 3, 5)]
    return ",".join([*parts, alpha])
