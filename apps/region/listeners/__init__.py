"""What follows by itself. Importing declares it."""
