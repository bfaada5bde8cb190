"""Pages for operators: the organisations that work with Namens. Numbers of people, never a client's name."""
