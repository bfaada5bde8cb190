"""Anna at her own computer."""
