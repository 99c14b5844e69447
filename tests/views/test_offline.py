"""Pages open offline: nothing is linked, the policy names the scripts, the licence stands in the page."""

from __future__ import annotations

import hashlib
import importlib.resources
import re

import folium
import pytest
from branca.element import Element
from folium.plugins import AntPath

from cacorridor import UsageError
from cacorridor.views import offline
from cacorridor.views.offline import OfflineFigure, PageParts
from tests.views.reading import Reader

LEAFLET_1_9_3 = {
    "leaflet.js": "5819285cec137b229c94e1ee5ad73e8b6b84345a4367d60f75fe477fe0fb7b03",
    "leaflet.css": "90b693d86392a4779c861b28cf307e7e59c3fb35328c4d8b95f58f814d38c722",
    "images/layers-2x.png": "066daca850d8ffbef007af00b06eac0015728dee279c51f3cb6c716df7c42edf",
    "images/layers.png": "1dbbe9d028e292f36fcba8f8b3a28d5e8932754fc2215b9ac69e4cdecf5107c6",
    "images/marker-icon.png": "574c3a5cca85f4114085b6841596d62f00d7c892c7b03f28cbfa301deb1dc437",
}


def figure_with(*elements, **page):
    figure = OfflineFigure(PageParts(title="A figure", **page))
    drawing = folium.Map(location=(1, 2), tiles=None)
    for element in elements:
        drawing.add_child(element)
    figure.add_child(drawing)
    return figure


@pytest.mark.parametrize(("name", "expected"), LEAFLET_1_9_3.items())
def test_leaflet_is_the_version_that_was_checked(name, expected):
    content = (importlib.resources.files("xstatic.pkg.leaflet") / "data" / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == expected


def test_folium_links_what_the_list_says():
    linked = {url for _, url in [*folium.Map.default_js, *folium.Map.default_css]}
    assert linked == {offline.LEAFLET_JS, *offline.NOT_NEEDED}


def test_nothing_is_linked_but_data_and_anchors(page):
    for tag, attributes in Reader(page).tags:
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            value = attributes.get(name)
            allowed = (
                value is None or value.startswith(("data:", "#")) or (tag == "a" and value.startswith("http"))
            )
            assert allowed, (tag, name, value)


def test_styles_name_no_file(page):
    addresses = re.findall(r"url\(([^)]*)\)", page)
    assert all(address.startswith(("data:", "#")) for address in addresses)
    assert "@import" not in page
    assert "sourceMappingURL" not in page


def test_policy_names_exactly_the_scripts(page):
    reader = Reader(page)
    policy = next(a["content"] for t, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives.pop("script-src").split() == [offline.script_hash(script) for script in reader.scripts]
    assert directives == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": "'unsafe-inline'",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_scripts_are_ascii(page):
    assert all(script.isascii() for script in Reader(page).scripts)


def test_head_says_language_title_and_charset_first(page):
    reader = Reader(page)
    assert page.startswith("<!DOCTYPE html>")
    assert reader.first("html") == {"lang": "en"}
    head = [tag for tag, _ in reader.tags]
    assert head.index("meta") == head.index("head") + 1
    assert reader.first("meta") == {"charset": "utf-8"}
    viewports = [a["content"] for _, a in reader.tags if a.get("name") == "viewport"]
    assert viewports == ["width=device-width, initial-scale=1"]
    assert "<title>Toy" in page


def test_licence_of_leaflet_stands_in_the_page(page):
    licence = Reader(page).comments[0]
    assert "Volodymyr Agafonkin" in licence
    assert "BSD 2-Clause License" in licence
    assert "ADVISED OF THE POSSIBILITY OF SUCH DAMAGE." in licence


@pytest.mark.parametrize(
    ("element", "named"),
    [
        (AntPath([(0, 0), (1, 1)]), "leaflet-ant-path"),
        (folium.TileLayer("OpenStreetMap"), "tiles"),
        (folium.Marker((0, 0), popup="x", icon=folium.DivIcon()), "jQuery"),
        (folium.Marker((0, 0), icon=folium.Icon()), "awesome-markers"),
    ],
)
def test_an_asset_that_is_not_packaged_is_refused(element, named):
    with pytest.raises(UsageError, match=named):
        figure_with(element).render()


def test_a_stray_element_in_the_head_is_refused():
    figure = figure_with()
    figure.header.add_child(Element("<base href='https://elsewhere.example'>"))
    with pytest.raises(UsageError, match="inline styles and scripts only"):
        figure.render()


@pytest.mark.parametrize("text", ["var a = '</script>';", "var a = '<!--';"])
def test_a_script_that_would_end_early_is_refused(text):
    with pytest.raises(UsageError, match="would end it"):
        figure_with(script=text).render()


def test_plain_folium_elements_are_kept():
    page = figure_with(folium.PolyLine([(0, 0), (1, 1)])).render()
    assert "L.polyline" in page


def test_raw_text_never_passes_through_a_template():
    text = "{{ 7 * 191 }} {% growth {#12"
    assert text in figure_with(before=text).render()


def test_same_content_gives_the_same_bytes():
    first = figure_with(folium.PolyLine([(0, 0), (1, 1)]))
    once, twice = first.render(), first.render()
    assert once == twice == figure_with(folium.PolyLine([(0, 0), (1, 1)])).render()


def test_title_is_escaped():
    page = OfflineFigure(PageParts(title="</title><script>x</script>")).render()
    assert "<title>&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;</title>" in page
