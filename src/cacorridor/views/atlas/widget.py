"""The explorer as a widget of a notebook: what the reader chooses in it is read back in Python."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError
from cacorridor.views.atlas.address import route_at

if TYPE_CHECKING:
    from cacorridor.routing.routes import Route
    from cacorridor.views.atlas.explorer import Explorer

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


def make_widget(explorer: Explorer) -> Any:
    """Make the widget of an explorer.

    Raises
    ------
    UsageError
        If anywidget is not installed.

    """
    widget = _widget_class()(
        page=explorer.html(), title=explorer.title or "cacorridor", height=explorer.height, view=""
    )
    # the network stays in Python; the page carries its own copy
    widget.network = explorer.network
    return widget


@cache
def _widget_class() -> Any:
    """Define the class when it is first asked for: anywidget is not needed for anything else."""
    try:
        import anywidget
        import traitlets
    except ImportError:
        raise UsageError("a widget needs anywidget: pip install anywidget") from None

    class ExplorerWidget(anywidget.AnyWidget):
        """The page in a frame; ``view`` is the address of what it shows, and changes with it."""

        # ``_esm`` is the name that anywidget asks for; what is synced is small but for the page itself
        _esm = SCRIPT
        page = traitlets.Unicode().tag(sync=True)
        title = traitlets.Unicode().tag(sync=True)
        height = traitlets.Int().tag(sync=True)
        view = traitlets.Unicode().tag(sync=True)
        network: Any = None

        @property
        def route(self) -> Route:
            """The route that the reader has before them."""
            return route_at(self.network, self.view)

    return ExplorerWidget
