"""Pages at the table: the helper shows a QR, the client opens it on the own phone."""
