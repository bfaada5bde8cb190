"""Logging in: to the broker and back, and a sentence for everything that can go wrong on the way."""
