"""Pages of the watchlists, by what they show."""
