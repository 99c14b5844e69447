"""One spelling for many: how names are compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)  # a question looks a name up several times
def fold_name(name: str) -> str:
    """Fold case, accents, apostrophes and spaces, so that xian finds Xi'an."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
