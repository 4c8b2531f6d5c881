"""TAXII for programs, pages for people."""
