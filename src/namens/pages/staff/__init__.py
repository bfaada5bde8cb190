"""Pages on which staff begin, log in, and keep their second step. django-allauth does the work behind most of them."""
