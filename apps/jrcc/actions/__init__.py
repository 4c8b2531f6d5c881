"""What changes hits."""
