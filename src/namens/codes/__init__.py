"""Activation codes: a secret with a lifetime that opens one mandate, once."""
