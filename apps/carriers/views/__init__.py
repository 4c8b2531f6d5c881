"""Pages of carriers."""
