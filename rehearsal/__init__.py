"""Stand-ins for the outside world that speak the real protocols: DigiD and eHerkenning (OpenID Connect), the BRP.

For practice and tests only. Imports nothing of Namens, and keeps everything in memory.
"""
