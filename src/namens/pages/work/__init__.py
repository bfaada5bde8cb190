"""Pages for who works for an organisation: the work list, and one client."""
