"""The door for portals: an OpenID Provider. It parses, asks `grants`, and translates."""
