"""Pages for an appointment: preparing it, the half hour itself, and what client and partner read."""
