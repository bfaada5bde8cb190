"""What the OpenID door keeps: signing keys, requests, codes, families of tokens, and what is said in them."""
