"""The rehearsal mail server, and what came in by it."""
