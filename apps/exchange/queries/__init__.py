"""Selectors of requests."""
