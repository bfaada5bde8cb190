"""Adapter for the population register: the BRP Personen API of Haal Centraal, version 2."""
