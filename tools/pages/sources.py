"""Name sources in a page of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.views import text
from cacorridor.views.tables import rows_of

if TYPE_CHECKING:
    import pandas as pd


def links(claims: pd.DataFrame) -> list[str]:
    """Write a link to the source of each row: publisher and year, or the title where it has no address."""
    return [link(*row) for row in rows_of(claims, "source", "publisher", "published", "address")]


def link(title: str, publisher: str, published: Any, address: str) -> str:
    """Write one link."""
    line = text.source_line("", publisher, published) if address else text.source_line(title, "", published)
    words = line.replace("[", "(").replace("]", ")")
    target = address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{words}]({target})" if address else words
