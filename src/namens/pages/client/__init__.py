"""Pages for a client: somebody who lets others act."""
