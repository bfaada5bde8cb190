"""Who: people and organisations, by an identifier that is stored encrypted and found by a keyed digest."""
