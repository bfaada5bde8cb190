"""The half hour in which a helper and a client sit together, and the hand-off to the client's own phone."""
