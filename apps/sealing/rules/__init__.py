"""The form of keys and of sealed texts; pure."""
