"""How fast it is, each time beside something comparable in the same run."""
