"""The door for machines of portals: acts, events, mandates, in Dutch (NL API Design Rules 2.2)."""
