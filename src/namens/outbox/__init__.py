"""What still has to leave the house: rows written with the fact they follow from, leased and settled by the worker."""
