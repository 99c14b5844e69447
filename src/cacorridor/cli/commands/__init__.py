"""The commands, one module a group of questions; each registers itself with its options."""
