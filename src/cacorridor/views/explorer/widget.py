"""A page as a widget of a notebook: what the reader chooses in it is read back in Python."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from cacorridor.errors import UsageError

if TYPE_CHECKING:
    from cacorridor.routing.routes import Route

# runs in the notebook: the page stands in a frame of its own, and only the frame is listened to
SCRIPT = """
export default { render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.title = model.get("title");
  frame.style = `border: 0; width: 100%; height: ${model.get("height")}px`;
  frame.srcdoc = model.get("page");
  const listen = (event) => {
    if (event.source !== frame.contentWindow || typeof event.data?.cacorridor !== "string") { return; }
    model.set("view", event.data.cacorridor);
    model.save_changes();
  };
  window.addEventListener("message", listen);
  el.append(frame);
  return () => window.removeEventListener("message", listen);
} };
"""


class RoutePage(Protocol):
    """A page that shows a route, whose address says which."""

    @property
    def title(self) -> str | None:
        """Heading of the page."""

    @property
    def height(self) -> int:
        """Height of the frame, pixels."""

    def html(self) -> str:
        """Build the page."""

    def route_at(self, address: str) -> Route:
        """Find the route that an address shows."""


def make_widget(page: RoutePage) -> Any:
    """Make the widget of a page.

    Raises
    ------
    UsageError
        If anywidget is not installed.

    """
    heading = page.title or "cacorridor"
    widget = _widget_class()(page=page.html(), title=heading, height=page.height, view="")
    # the network stays in Python; the page carries what it needs
    widget.source = page
    return widget


@cache
def _widget_class() -> Any:
    """Define the class when it is first asked for: anywidget is not needed for anything else."""
    try:
        import anywidget
        import traitlets
    except ImportError:
        raise UsageError("a widget needs anywidget: pip install anywidget") from None

    class PageWidget(anywidget.AnyWidget):
        """The page in a frame; ``view`` is the address of what it shows, and changes with it."""

        # ``_esm`` is the name that anywidget asks for; what is synced is small but for the page itself
        _esm = SCRIPT
        page = traitlets.Unicode().tag(sync=True)
        title = traitlets.Unicode().tag(sync=True)
        height = traitlets.Int().tag(sync=True)
        view = traitlets.Unicode().tag(sync=True)
        source: Any = None

        @property
        def route(self) -> Route:
            """The route that the reader has before them."""
            shown: Route = self.source.route_at(self.view)
            return shown

    return PageWidget
