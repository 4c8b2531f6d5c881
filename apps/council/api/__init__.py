"""The Council over the API, one module for each collection."""
