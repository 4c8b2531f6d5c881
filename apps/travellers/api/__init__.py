"""Collections of persons, searches and retention."""
