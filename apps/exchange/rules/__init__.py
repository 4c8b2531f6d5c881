"""What can be said of subjects and texts without a database."""
