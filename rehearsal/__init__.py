"""Stand-ins for the outside world that speak the real protocols: DigiD (OpenID Connect) and the BRP (Haal Centraal).

For practice and tests only. Imports nothing of Namens, and keeps everything in memory.
"""
