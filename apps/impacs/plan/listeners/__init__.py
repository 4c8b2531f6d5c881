"""What follows in the work plan by itself. Importing declares it."""
