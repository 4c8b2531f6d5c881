"""Records of what States have to do."""
