"""Command line of the build: ``python -m tools.build_geo [report] [--data DIR] [--lenient]``."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from tools.build_geo.build import build, write
from tools.build_geo.report import report

DATA = Path(__file__).parents[2] / "data" / "geo"


def main(arguments: list[str] | None = None) -> int:
    """Build, tell what is wrong, write unless there are errors; return the exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(relativeCreated)7d ms  %(message)s")
    result = build(options.data)
    told = report(result.measured, result.findings, result.drawings.circuity)
    if options.report:
        options.report.write_text(told, encoding="utf-8")
    if options.task == "report":
        print(told)
        return 0
    for text in result.findings.warnings:
        print(f"warning: {text}", file=sys.stderr)
    for text in result.findings.errors:
        print(f"error: {text}", file=sys.stderr)
    if result.findings.errors and not options.lenient:
        return 1
    write(result, options.data)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.build_geo", description=__doc__)
    parser.add_argument("task", nargs="?", choices=("write", "report"), default="write")
    parser.add_argument("--data", type=Path, default=DATA, help="directory of the tables")
    parser.add_argument("--lenient", action="store_true", help="write in spite of errors")
    parser.add_argument("--report", type=Path, help="also write the report to this file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
