"""A shell completes commands, options and names: in the shells that this machine has."""

from __future__ import annotations

import shutil
import subprocess

import pytest

SHELLS = ("bash", "zsh", "fish")
ASKED = [  # what is typed, and some of what is offered
    ("ro", {"route"}),
    ("route Kas", {"kashgar"}),  # names are ids; what is typed may have capitals
    ("route Kashgar Tash", {"tashkent", "tashkurgan"}),
    ("route Kashgar Tashkent --av", {"--avoid"}),
    ("route Kashgar Tashkent --avoid k", {"KAZ", "KGZ"}),
    ("route Kashgar Tashkent --month j", {"January", "June", "July"}),
    ("simulate Kashgar Tashkent --under kh", {"khorgos-closed"}),
    ("simulate Kashgar Tashkent --corridors moscow-osh-c", {"moscow-osh-caspian"}),
    ("route Kashgar Tashkent --format ge", {"geojson"}),
    ("state K", {"KAZ", "KGZ"}),
    ("matrix --from Kas", {"kashgar"}),
]
BASH = """
COMP_WORDS=(cacorridor {words}); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 )); COMPREPLY=()
_shtab_cacorridor
echo "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def script(run, tmp_path):
    """Write what a shell is to read."""

    def _script(shell):
        if shutil.which(shell) is None:
            pytest.skip(f"no {shell} on this machine")
        code, out, err = run("completion", shell)
        assert (code, err) == (0, "")
        file = tmp_path / f"completion.{shell}"
        file.write_text(out, encoding="utf-8")
        return file

    return _script


def told_by(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_understands_its_script(script, shell):
    assert told_by(shell, "-n", str(script(shell))) == ""


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_holds_each_list_of_names_once(run, shell):
    words = run("completion", shell).out.split()
    for name in ("xian-tashkent-cku-rail", "ulan-ude", "khorgos-closed"):
        assert sum(name in word for word in words) == 1


def test_bash_offers_what_fits(script):
    file = script("bash")
    asked = "".join(BASH.format(words=words) for words, _ in ASKED)
    lines = told_by("bash", "-c", f"source {file}\n{asked}").splitlines()
    for (words, offered), line in zip(ASKED, lines, strict=True):
        assert offered <= set(line.split()), words


def test_fish_offers_what_fits(script):
    file = script("fish")
    for words, offered in ASKED:
        asked = f"source {file}; complete -C 'cacorridor {words}'"
        lines = told_by("fish", "--no-config", "-c", asked).splitlines()
        assert offered <= {line.split("\t")[0] for line in lines}, words
