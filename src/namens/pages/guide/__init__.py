"""Which way fits: a guide without login that ends in one advice."""
