"""Tables with random contents survive being written and read."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cacorridor import DataError, find_route, load_network, write_network
from cacorridor.network.checks import parsing
from cacorridor.network.io import _parse_files, _toml_text, read_contents
from cacorridor.network.schema import TABLES, Column
from tests.networks import LINKS, Rows, link_id, raw_tables, toy_network, toy_rows, write_toy

if TYPE_CHECKING:
    from collections.abc import Callable

    from cacorridor.errors import Fault

few = settings(
    max_examples=8, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
)

text = st.text(st.characters(exclude_categories=["C"]), max_size=12)
FREE_KINDS = {"text", "number", "integer", "year", "category"}
some_text = text.filter(str.strip)
words_of_any_kind = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=12).filter(
    str.strip
)


def cell(column: Column) -> st.SearchStrategy[str]:
    """A cell that a column allows; references stay as they are."""
    if column.kind == "text":
        return some_text if column.required else text
    if column.kind in {"number", "integer", "year"}:
        low, high = (1800, 2200) if column.kind == "year" else (max(column.low, -1e9), min(column.high, 1e9))
        if column.kind == "number":
            return st.floats(low, high).map(repr)
        return st.integers(int(low), int(high)).map(str)
    return st.sampled_from(column.allowed)


@st.composite
def rows(draw: st.DrawFn) -> Rows:
    """The toy with the first row of each table filled at random."""
    filled = toy_rows()
    for table in TABLES.values():
        if table.name == "modes":
            continue
        free = [
            column
            for column in table.columns
            if column.kind in {"text", "number", "integer", "year", "category"}
        ]
        filled[table.name][0] |= {column.name: draw(cell(column)) for column in free}
    return filled


def typed(raw: Any) -> dict[str, pd.DataFrame]:
    """Parse tables of text into frames."""
    return {name: held.frame for name, held in parsing.convert(raw).items()}


def written_and_read(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Write tables whatever they say together, and read them through the first door."""
    sound = toy_network()
    network = type(sound)(tables, sound.corridors, sound.link_shapes, sound.state_shapes)
    with tempfile.TemporaryDirectory() as directory:
        write_network(network, directory)
        files = _parse_files(read_contents(Path(directory)))
        return typed({name: files[table.file] for name, table in TABLES.items()})


def told(reading: Callable[[], object]) -> tuple[Fault, ...]:
    """The faults that a reading tells; none where it succeeds; any other error is ours."""
    try:
        reading()
    except DataError as error:
        return error.faults
    return ()


@few
@given(rows())
def test_every_allowed_cell_survives_being_written_and_read(filled: Rows) -> None:
    tables = typed(raw_tables(filled))
    again = written_and_read(tables)
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(again[name], frame, check_exact=True)


@few
@given(
    st.dictionaries(
        words_of_any_kind, st.tuples(words_of_any_kind, text, st.none() | st.integers(1900, 2100)), max_size=3
    )
)
def test_corridors_with_any_words_survive_being_written_and_read(words: dict[str, Any]) -> None:
    entries = {
        key: {
            "name": name,
            "via": ["a1", "c1"],
            **({"text": note} if note.strip() else {}),
            **({"year": year} if year else {}),
        }
        for key, (name, note, year) in words.items()
    }
    corridors = parsing.convert_corridors("corridors.toml", entries)
    data = tomllib.loads(_toml_text(corridors))
    assert parsing.convert_corridors("corridors.toml", data) == corridors


@few
@given(
    st.sampled_from(sorted(TABLES)),
    st.integers(0, 20),
    st.integers(0, 14),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
def test_whatever_stands_in_a_cell_is_read_or_refused_as_a_fault_of_the_data(
    name: str, row: int, column: int, value: str
) -> None:
    table, broken = TABLES[name], raw_tables()
    frame = broken[name]
    frame.iloc[row % len(frame), column % len(table.columns)] = value
    assert all(fault.allowed and fault.column for fault in told(lambda: parsing.convert(broken)))


@few
@given(st.sampled_from([f"{name}.csv" for name in TABLES] + ["corridors.toml"]), st.binary(max_size=200))
def test_whatever_stands_in_a_file_is_read_or_refused_as_a_fault_of_the_data(
    file: str, content: bytes
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        toy = write_toy(Path(directory))
        (toy / file).write_bytes(content)
        assert {fault.file for fault in told(lambda: load_network(toy))} <= {file}


QUESTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"modes": ["road"]},
    {"avoid": ["BBB"]},
    {"year": 2030, "month": 1},
    {"criterion": "length", "level": "typical"},
)


@few
@given(st.randoms(use_true_random=False))
def test_no_order_of_rows_and_columns_changes_an_answer(random: Any) -> None:
    sound = toy_network()
    with tempfile.TemporaryDirectory() as directory:
        toy = write_toy(Path(directory))
        for table in TABLES.values():
            header, *lines = (toy / table.file).read_text(encoding="utf-8").splitlines()
            random.shuffle(lines)
            order = random.sample(range(len(table.columns)), len(table.columns))
            turned = [",".join(line.split(",")[column] for column in order) for line in (header, *lines)]
            (toy / table.file).write_text("\n".join(turned) + "\n", encoding="utf-8")
        network = load_network(toy)
    for conditions in QUESTIONS:
        one, two = (find_route(each, "a1", "c1", **conditions) for each in (sound, network))
        assert one.links == two.links
        assert one.totals() == pytest.approx(two.totals())


@pytest.mark.parametrize("link", [link_id(*link[:3]) for link in LINKS])
def test_swapping_the_ends_of_a_link_is_refused(tmp_path: Path, link: str) -> None:
    rows = toy_rows()
    [row] = [row for row in rows["links"] if row["id"] == link]
    row["from"], row["to"] = row["to"], row["from"]
    faults = told(lambda: load_network(write_toy(tmp_path / "toy", rows)))
    assert "the line runs the other way round" in " ".join(fault.allowed for fault in faults)


@few
@given(
    st.sampled_from(sorted(TABLES)),
    st.lists(st.sampled_from(["drop row", "double row", "drop column", "blank", "swap"]), max_size=4),
    st.randoms(use_true_random=False),
)
def test_a_table_cut_about_is_read_or_refused_as_a_fault_of_the_data(
    name: str, cuts: list[str], random: Any
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = write_toy(Path(directory)) / f"{name}.csv"
        cells = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        for cut in cuts:
            _cut(cells, cut, random)
        path.write_text("\n".join(map(",".join, cells)) + "\n", encoding="utf-8")
        assert all(fault.allowed and fault.column for fault in told(lambda: load_network(directory)))


def _cut(cells: list[list[str]], cut: str, random: Any) -> None:
    """Damage a table the way a person with a spreadsheet does."""
    row = random.randrange(len(cells))
    column = random.randrange(min(map(len, cells))) if cells[0] else 0
    if cut == "drop row" and len(cells) > 1:
        del cells[row]
    elif cut == "double row":
        cells.append(list(cells[row]))
    elif cut == "drop column" and len(cells[0]) > 1:
        for line in cells:
            del line[column]
    elif cut == "blank":
        cells[row] = [""] * len(cells[row])
    elif cut == "swap":
        other = random.randrange(len(cells))
        cells[row][column], cells[other][column] = cells[other][column], cells[row][column]
