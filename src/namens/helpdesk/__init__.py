"""On the telephone: finding who calls, and the call in which an agent may do something for that caller."""
