"""What comes with the portal, and what the demonstration sends."""
