"""What we show: maps and reports; nothing here computes."""
