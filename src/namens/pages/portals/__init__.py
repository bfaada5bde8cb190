"""Portals: how operators register, change and stop them, and how they see what goes wrong there."""
