"""One spelling for many: how names are compared, here and in the searches of pages (``fold.mjs``)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# letters that Unicode does not take apart into a plain one and an accent; the first is the i without a dot
LETTERS = {"\u0131": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
# marks that Unicode calls letters: apostrophes as in Farg\u02bbona, the stroke that draws Arabic words out
MARKS = frozenset(map(chr, (*range(0x2B9, 0x2C0), 0x2EE, 0x640)))
APOSTROPHES = frozenset("'`\u2018\u2019\u201b\u00b4")
PLAIN = str.maketrans(LETTERS)


@lru_cache(maxsize=4096)  # a question looks a name up several times
def fold_name(name: str) -> str:
    """Fold case, accents, apostrophes and spaces, so that xian finds Xi'an and Bialystok Białystok."""
    return spell_plainly(name).replace(" ", "")


@lru_cache(maxsize=4096)
def spell_plainly(name: str) -> str:
    """Fold case, accents and apostrophes, but keep the words apart: Jalal-Abad is not Jalalabad."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN))
    # whatever is no letter parts words, but for the marks that stand within one
    parted = "".join(
        letter if letter.isalnum() else "" if _is_mark(letter) else " "
        for letter in plain
        if letter not in MARKS
    )
    return " ".join(parted.split())


def _is_mark(letter: str) -> bool:
    """Tell whether a sign stands within a word: an accent taken off, an apostrophe."""
    return letter in APOSTROPHES or unicodedata.combining(letter) > 0
