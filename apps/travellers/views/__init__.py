"""Pages of persons, searches and retention."""
