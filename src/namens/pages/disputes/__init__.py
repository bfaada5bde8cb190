"""Dit klopt niet: saying of a line of *Wat is er voor u gedaan* that it is not right, and what comes of that."""
