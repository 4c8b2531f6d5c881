"""Collections of manifests. They hold no word about screening."""
