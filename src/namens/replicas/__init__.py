"""PostgreSQL replicas that decisions are read from: what takes access away is there before anybody is told.

Nothing of this happens without `NAMENS_REPLICAS`. See docs/replicas.md.
"""
