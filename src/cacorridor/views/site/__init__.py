"""The site: a folder of pages for any static host, which also opens from a disk."""
