"""Carriers and laws that come with the portal."""
