"""Stand-ins for the outside world that speak the real protocols: DigiD and eHerkenning (OpenID Connect), the BRP.

For practice and tests only. Imports nothing of Namens, and keeps everything in memory; but for `practice`, which serves
the whole of it with exercises.
"""
