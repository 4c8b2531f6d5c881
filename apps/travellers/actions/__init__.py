"""What changes persons, searches, and what is kept."""
