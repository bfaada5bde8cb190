"""Organisations whose people help clients: who works for whom, with which licence, and for how long."""
