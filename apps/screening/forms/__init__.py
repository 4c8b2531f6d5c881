"""Forms of watchlists: an entry with its rows, and a file of entries."""
