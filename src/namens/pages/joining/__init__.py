"""Pages by which an organisation comes in, and by which its people begin."""
