"""Pages of what decisions ask of States and bodies."""
