"""What happened: one entry for every action, written in that action's own transaction and never changed."""
