"""Collections of carriers."""
