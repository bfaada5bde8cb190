"""The client logs in here: at a helper's table, as themselves, and nothing stays behind."""
