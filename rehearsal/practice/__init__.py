"""The practice environment: test people of one's own, exercises that notice what was done, groups of a trainer.

The only part of the rehearsal that knows Namens: it reads its journal, and calls its actions where an operator or the
helpdesk would (docs/decisions/0030-practice.md). Namens knows nothing of it.
"""
