"""Pure rules of this app."""
