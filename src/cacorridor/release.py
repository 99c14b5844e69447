"""Which release of the package this is; the build and the pages read it here."""

VERSION = "0.2.0.dev0"
