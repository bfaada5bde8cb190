"""Adapter: letters and mail. What a letter says, how it is set, and who prints it. docs/letters.md tells about it."""
