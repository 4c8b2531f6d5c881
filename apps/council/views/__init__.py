"""Pages of the Council."""
