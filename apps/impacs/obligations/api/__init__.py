"""State actions over the API."""
