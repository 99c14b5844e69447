"""Programs that write the generated pages of docs, data and maps."""
