"""What was done: for a client by others, and by a helper for others. Read from the journal, named when it is read."""
