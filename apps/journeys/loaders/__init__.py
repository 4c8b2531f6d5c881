"""What comes with the portal."""
