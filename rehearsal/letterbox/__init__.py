"""The rehearsal letter box: what Namens put ready for a print house, shown as it falls through the door."""
