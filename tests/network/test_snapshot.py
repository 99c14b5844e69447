"""What was checked once is read again; what is damaged, stale or somebody else's is made anew."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cacorridor import DataError, find_route, load_network
from cacorridor.network import io
from cacorridor.network.snapshot import store
from cacorridor.network.snapshot.container import Container, DamagedError, pack
from cacorridor.routing.graph.building import build_supernetwork, snapshot_name, supernetwork_of
from tests.network.test_io import assert_same
from tests.networks import edited, write_toy

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor.network.model import Network


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache directory."""
    monkeypatch.setenv("CACORRIDOR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that tables are checked."""
    counted: list[str] = []

    def check(contents: io.Contents) -> Network:
        counted.append("checked")
        return original(contents)

    original = io.check_network
    monkeypatch.setattr(io, "check_network", check)
    return counted


def snapshot_in(cache: Path, name: str = "tables") -> Path:
    [path] = cache.glob(f"*.{name}.snapshot")
    return path


# ---------------------------------------------------------------- read again


@pytest.mark.usefixtures("cache")
def test_tables_are_checked_once(checks: list[str], toy_dir: Path) -> None:
    first, second = load_network(toy_dir), load_network(toy_dir)
    assert checks == ["checked"]
    assert_same(first, second)
    assert repr(first) == repr(second)


@pytest.mark.usefixtures("cache")
def test_the_same_tables_elsewhere_are_not_checked_again(
    checks: list[str], toy_dir: Path, tmp_path: Path
) -> None:
    load_network(toy_dir)
    load_network(write_toy(tmp_path / "copy"))
    assert checks == ["checked"]


@pytest.mark.usefixtures("cache")
def test_the_answers_are_the_same(toy_dir: Path) -> None:
    one, two = (find_route(load_network(toy_dir), "a1", "c1", modes=["rail", "road"]) for _ in range(2))
    assert one.steps.equals(two.steps)
    assert (one.time_low_h, one.time_high_h) == (two.time_low_h, two.time_high_h)


@pytest.mark.usefixtures("cache")
def test_lines_of_a_file_with_blank_ones_are_still_known(toy_dir: Path) -> None:
    path = toy_dir / "places.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, "", first, *rest]) + "\n", encoding="utf-8")
    assert [load_network(toy_dir).row_number("places", "a1") for _ in range(2)] == [3, 3]


@pytest.mark.parametrize(
    ("level", "load"), [("express", "feu"), ("typical", "feu"), ("block", "feu"), ("express", "truck20t")]
)
def test_a_supernetwork_is_read_as_it_was_laid_out(cache: Path, toy_dir: Path, level: str, load: str) -> None:
    supernetwork_of(load_network(toy_dir), level, load=load)
    network = load_network(toy_dir)
    assert snapshot_in(cache, snapshot_name(level, load)).exists()
    kept = supernetwork_of(network, level, load=load)
    built = build_supernetwork(network, level=level, load=load)
    assert (kept.nodes, kept.steps.names) == (built.nodes, built.steps.names)
    assert kept.steps.components.rows == built.steps.components.rows
    for one, other in ((kept, built), (kept.steps, built.steps)):
        for each in fields(one):
            array = getattr(one, each.name)
            if isinstance(array, np.ndarray):
                assert array.dtype == getattr(other, each.name).dtype
                assert np.array_equal(array, getattr(other, each.name))


@pytest.mark.usefixtures("cache")
def test_a_network_that_was_changed_reads_nothing_of_the_one_before(toy_dir: Path) -> None:
    network = load_network(toy_dir)
    before = find_route(network, "a1", "c1", modes=["road"])
    speeds = network.table("speeds")
    speeds[["speed_low_kmh", "speed_kmh", "speed_high_kmh"]] /= 2
    slower = network.with_table("speeds", speeds)
    assert find_route(slower, "a1", "c1", modes=["road"]).time_h > before.time_h
    assert not any(isinstance(key, type) and key is store.Store for key in replace(network).derived)


@pytest.mark.usefixtures("cache")
def test_a_network_from_a_snapshot_can_be_sent_to_another_process(toy_dir: Path) -> None:
    load_network(toy_dir)
    network = load_network(toy_dir)
    assert_same(pickle.loads(pickle.dumps(network)), network)  # noqa: S301  # our own bytes


# ---------------------------------------------------------------- not read


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [cut, flip, lambda _: b"", lambda _: b"\x80\x04garbage\n\n", lambda content: content[:40]],
    ids=["cut", "flipped", "empty", "garbage", "begun"],
)
def test_what_is_damaged_is_made_anew(cache: Path, checks: list[str], toy_dir: Path, damage) -> None:
    first = load_network(toy_dir)
    path = snapshot_in(cache)
    sound = path.read_bytes()
    path.write_bytes(damage(sound))
    assert_same(load_network(toy_dir), first)
    assert path.read_bytes() == sound
    assert checks == ["checked"] * 2


def test_a_damaged_supernetwork_is_laid_out_anew(cache: Path, toy_dir: Path) -> None:
    time_h = find_route(load_network(toy_dir), "a1", "c1").time_h
    path = snapshot_in(cache, "supernetwork-express")
    path.write_bytes(flip(path.read_bytes()))
    assert find_route(load_network(toy_dir), "a1", "c1").time_h == time_h


@pytest.mark.usefixtures("cache")
def test_changed_tables_are_checked_and_answer_anew(checks: list[str], toy_dir: Path) -> None:
    before = find_route(load_network(toy_dir), "a1", "c1", modes=["road"])
    write_toy(toy_dir, edited("speeds", "road-express", speed_kmh="45"))
    assert find_route(load_network(toy_dir), "a1", "c1", modes=["road"]).time_h < before.time_h
    assert checks == ["checked"] * 2


@pytest.mark.usefixtures("cache")
def test_broken_tables_are_refused_every_time(toy_dir: Path) -> None:
    load_network(toy_dir)
    write_toy(toy_dir, edited("speeds", "road-express", speed_kmh="fast"))
    for _ in range(2):
        with pytest.raises(DataError, match="fast"):
            load_network(toy_dir)


@pytest.mark.usefixtures("cache")
def test_another_version_of_the_package_checks_anew(
    checks: list[str], toy_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_network(toy_dir)
    monkeypatch.setattr("cacorridor.network.snapshot.store.VERSION", "99.0")
    load_network(toy_dir)
    assert checks == ["checked"] * 2


@pytest.mark.usefixtures("cache")
def test_other_sources_of_the_package_check_anew(
    checks: list[str], toy_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_network(toy_dir)
    monkeypatch.setattr(store, "_sources_of_code", lambda: "somebody works on the rules")
    load_network(toy_dir)
    assert checks == ["checked"] * 2


def test_a_snapshot_that_anybody_may_write_is_not_read(cache: Path, checks: list[str], toy_dir: Path) -> None:
    load_network(toy_dir)
    snapshot_in(cache).chmod(0o666)
    load_network(toy_dir)
    assert checks == ["checked"] * 2


# ---------------------------------------------------------------- the cache directory


def test_a_cache_that_cannot_be_written_is_no_error(
    tmp_path: Path, toy_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no directory", encoding="utf-8")
    monkeypatch.setenv("CACORRIDOR_CACHE", str(tmp_path / "file" / "cache"))
    assert find_route(load_network(toy_dir), "a1", "c1").time_h > 0


def test_an_empty_name_means_no_cache(
    tmp_path: Path, toy_dir: Path, monkeypatch: pytest.MonkeyPatch, checks: list[str]
) -> None:
    monkeypatch.setenv("CACORRIDOR_CACHE", "")
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.rglob("*"))
    load_network(toy_dir)
    load_network(toy_dir)
    assert checks == ["checked"] * 2
    assert set(tmp_path.rglob("*")) == before


def test_the_cache_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CACORRIDOR_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = store.cache_dir()
    assert folder is not None
    assert folder.name == "cacorridor"


def test_the_oldest_snapshots_are_forgotten(
    cache: Path, toy_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "FILES_KEPT", 2)
    for speed in ("41", "42", "43"):
        load_network(write_toy(toy_dir, edited("speeds", "road-express", speed_kmh=speed)))
    assert len(list(cache.iterdir())) == 2


# ---------------------------------------------------------------- the file


def test_sections_come_back_as_they_were() -> None:
    sections = {"words": {"a": [1, 2.5, None, "Сиань"]}, "numbers": np.arange(5.0), "bytes": b"\x00\xff"}
    container = Container(pack("key", sections), "key")
    assert container.json("words") == sections["words"]
    assert np.array_equal(container.array("numbers"), np.arange(5.0))
    assert container.bytes_of("bytes") == b"\x00\xff"


def test_another_key_is_refused() -> None:
    with pytest.raises(DamagedError):
        Container(pack("key", {}), "other")


def test_objects_are_neither_written_nor_read() -> None:
    with pytest.raises(TypeError):
        pack("key", {"objects": np.array([object()])})
    container = Container(pack("key", {"numbers": np.zeros(1)}), "key")
    container._index["numbers"]["dtype"] = "|O"
    with pytest.raises(DamagedError):
        container.array("numbers")
