"""Addresses of TAXII: pages for people, and the wire."""
