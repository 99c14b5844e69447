"""The command line: answers on stdout, one line on stderr, exit codes, no traceback."""
