"""Staff accounts: invited, with a password and a second step, and a session of their own."""
