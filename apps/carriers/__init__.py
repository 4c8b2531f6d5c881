"""Who carries, by when their lists are due, and what follows when one does not come."""
