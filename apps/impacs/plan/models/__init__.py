"""Records of the work plan."""
