"""One spelling for many: how names are compared."""

from __future__ import annotations

import unicodedata


def fold(name: str) -> str:
    """Fold case, accents, apostrophes and spaces, so that xian finds Xi'an."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
