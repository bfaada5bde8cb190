"""Pages for a helper: the helper number and activating a mandate."""
