"""Small things that know nothing of mandates: time, environment, keys, readable codes, arithmetic. No Django here."""
