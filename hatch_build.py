"""Build hook: the wheel carries the embedded data also as it was checked, so that nobody checks it again."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotHook(BuildHookInterface):  # type: ignore[type-arg]
    """Checks the data and adds the snapshots; without the libraries that check, the first use makes them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the snapshots beside the wheel's other files."""
        if version == "editable":  # make writes those of a working copy
            return
        self._folder = tempfile.mkdtemp()
        sys.path.insert(0, str(Path(self.root) / "src"))
        try:
            from cacorridor.routing.graph.embedding import write_embedded

            files = write_embedded(Path(self._folder), installed=True)
        except ImportError as error:  # an isolated build knows the build system only
            self.app.display_warning(f"no snapshot in this wheel, its first use makes one: {error}")
            return
        finally:
            sys.path.pop(0)
        for file in files:
            build_data["force_include"][str(file)] = f"cacorridor/_data/snapshot/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the files away again."""
        del version, build_data, artifact_path
        shutil.rmtree(getattr(self, "_folder", ""), ignore_errors=True)
