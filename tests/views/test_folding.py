"""One rule says which spellings are one name: in Python, in the explorer's search, in the site's."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from tools.agree.asking import find_node

from cacorridor import load_network
from cacorridor.network.spelling import fold_name
from cacorridor.views.atlas.shell import scope
from cacorridor.views.offline import asset

# what is written, what is asked for, and whether it is the same name
CASES = [
    ("Xi'an", "xian", True),
    ("Xi\u2019an", "XI AN", True),
    ("Farg\u02bbona", "Farg'ona", True),  # the letters that Uzbek and Karakalpak write for an apostrophe
    ("Farg\u02bcona", "FARGONA", True),
    ("\u0645\u0640\u0634\u0647\u062f", "\u0645\u0634\u0647\u062f", True),  # Mashhad, drawn out
    ("Ürümqi", "urumqi", True),
    ("U\u0308rümqi", "Ürümqi", True),
    ("Białystok", "bialystok", True),
    ("Ağr\u0131", "agri", True),  # the i without a dot
    ("İzmir", "izmir", True),
    ("Iğd\u0131r", "IĞDIR", True),
    ("Gießen", "GIESSEN", True),
    ("Tromsø", "tromso", True),
    ("Đồng Đăng", "dong dang", True),
    ("Jalal-Abad", "jalalabad", True),
    ("Nur-Sultan (Astana)", "nur sultan astana", True),
    ("Өскемен", "өскемен", True),
    ("Ёлкино", "елкино", True),
    ("Йошкар-Ола", "ЙОШКАР ОЛА", True),
    ("Θεσσαλονίκης", "ΘΕΣΣΑΛΟΝΙΚΗΣ", True),
    ("喀什", "喀什", True),
    ("Ｋａｓｈｇａｒ", "kashgar", True),  # noqa: RUF001  # full width
    ("乌鲁木齐", "喀什", False),
    ("Osh", "Ош", False),
    ("Kashgar", "Karshi", False),
    ("Gate 1", "Gate 2", False),
]
FOLDING = scope("fold", asset("fold.mjs", room="atlas"))  # as it stands in both pages
LETTERS = [chr(code) for code in (*range(0x21, 0x530), *range(0x531, 0x700), *range(0x1E00, 0x2190))]

# the search of the site on a page without anything else: what is asked for in a list of one entry
SITE = """
const found = cases.map(([written, asked]) => {
  const shown = [];
  const parts = {
    asked: { value: asked, addEventListener() {} },
    found: { replaceChildren: (...lines) => shown.push(...lines) },
    count: {},
    data: { textContent: JSON.stringify({ entries: [["", written, "", ""]], found: ["", ""] }) },
  };
  globalThis.document = { getElementById: (id) => parts[id], createElement: () => ({ append() {} }) };
  search();
  return shown.length === 1;
});
console.log(JSON.stringify(found));
"""

node = pytest.mark.skipif(find_node() is None, reason="no node on this machine")


def run_script(script: str, **given: Any) -> Any:
    """Run a script under node with what is given as constants; read what it prints."""
    constants = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
    program = f"{FOLDING}{constants}{script}".encode()
    done = subprocess.run([str(find_node()), "-"], input=program, capture_output=True, check=True)
    return json.loads(done.stdout)


def folded_by_page(names: list[str]) -> list[str]:
    folded: list[str] = run_script("console.log(JSON.stringify(names.map(foldModule.fold)));", names=names)
    return folded


@pytest.mark.parametrize(("written", "asked", "same"), CASES)
def test_python_takes_spellings_for_one_name(written: str, asked: str, same: bool) -> None:  # noqa: FBT001
    assert (fold_name(written) == fold_name(asked)) is same


@node
def test_the_explorer_takes_the_same_spellings_for_one_name() -> None:
    written, asked = (folded_by_page([case[side] for case in CASES]) for side in (0, 1))
    same = [one == other for one, other in zip(written, asked, strict=True)]
    assert dict(zip(CASES, same, strict=True)) == {case: case[2] for case in CASES}


@node
def test_the_site_finds_a_page_by_any_spelling_of_its_name() -> None:
    script = f"const search = () => {{\n{asset('search.js', room='site')}\n}};\n{SITE}"
    found = run_script(script, cases=[case[:2] for case in CASES])
    # a search finds more than the same name: also one that begins with what is asked for
    begun = [fold_name(written).startswith(fold_name(asked)) for written, asked, _ in CASES]
    assert dict(zip(CASES, found, strict=True)) == dict(zip(CASES, begun, strict=True))


@node
def test_every_letter_and_every_name_of_the_data_folds_alike() -> None:
    network = load_network()
    places, aliases = network.columns("places"), network.columns("aliases")
    named = [places[column] for column in ("name", "name_ru", "name_zh")] + [aliases["alias"]]
    names = [name for column in named for name in column if name]
    assert len(names) > 2000
    folded = dict(zip(names + LETTERS, folded_by_page(names + LETTERS), strict=True))
    assert folded == {name: fold_name(name) for name in names + LETTERS}
