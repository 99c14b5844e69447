"""Where the scripts of the explorer's tests are."""

from pathlib import Path

SCRIPTS = Path(__file__).parent.parent / "browser" / "js"
