"""Is it true: published figures beside the model."""
