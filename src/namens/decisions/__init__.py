"""The door for machines that ask whether somebody may: OpenID AuthZEN Authorization API 1.0, in the NL GOV profile.

A small ASGI application in a process of its own: one statement reads a snapshot, one `decide()` answers.
"""
