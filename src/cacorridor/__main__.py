"""Run the command line as ``python -m cacorridor``."""

from cacorridor.cli import main

raise SystemExit(main())
