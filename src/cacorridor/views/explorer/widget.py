"""A page as a widget of a notebook: what the reader chooses in it is read back in Python."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError

if TYPE_CHECKING:
    import os

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


class RoutePage:
    """A page that shows a route, whose address says which: saved as a file, or shown in a notebook."""

    title: str  # heading of the page; empty where the page writes its own
    height: int  # of the frame in a notebook, pixels

    def html(self) -> str:
        """Build the page."""
        raise NotImplementedError

    def route_at(self, address: str) -> Route:
        """Find the route that an address shows."""
        raise NotImplementedError

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file, whole or not at all; directories are made.

        Parameters
        ----------
        path
            The file to write.

        """
        from cacorridor.network.files import write_atomically

        write_atomically(Path(path), self.html())

    def widget(self) -> Any:
        """Show the page as a widget of a notebook, which tells Python what the reader chose.

        Returns
        -------
        anywidget.AnyWidget
            Its ``view`` is the address of what is shown, its ``route`` the route of that view.

        Raises
        ------
        UsageError
            If anywidget is not installed.

        """
        # the network stays in Python; the page carries what it needs
        widget = _widget_class()(page=self.html(), title=self._frame_title, height=self.height, view="")
        widget.source = self
        return widget

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own."""
        return (
            f'<iframe srcdoc="{html.escape(self.html())}" title="{html.escape(self._frame_title)}" '
            f'width="100%" height="{self.height}" style="border: 0"></iframe>'
        )

    @property
    def _frame_title(self) -> str:
        return self.title or "cacorridor"


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
