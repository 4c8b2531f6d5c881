"""Pages of the watch log, of bulletins and of digests."""
