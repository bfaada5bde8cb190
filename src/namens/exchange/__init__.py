"""With portals: acts that they report, events that they hear."""
