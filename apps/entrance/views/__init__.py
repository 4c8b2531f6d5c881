"""Pages of signing in that are the portal's own."""
