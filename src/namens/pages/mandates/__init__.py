"""Pages that both sides share: the overview of mandates, one mandate, stopping and shortening."""
