"""Mijn brieven: which letters somebody gets, and how."""
