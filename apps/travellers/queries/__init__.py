"""What is read of persons, searches and retention."""
