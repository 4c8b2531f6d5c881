"""What is read of carriers."""
