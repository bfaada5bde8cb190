"""Who is at the keyboard: brokers that tell us, the session that remembers it for a while, and drafts of forms."""
