"""Lessons: pages that teach helpers and clients how it works. The texts are files in `content`, by language."""
