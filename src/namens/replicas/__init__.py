"""PostgreSQL replicas from which decisions are read: what takes access away is there before anybody hears that it is done.

Nothing of this happens without `NAMENS_REPLICAS`. See docs/replicas.md.
"""
