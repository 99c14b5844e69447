"""The report: sections, findings, and its PDF."""
