"""Identifiers, proposals from text, and how charts, timelines and maps are laid out. Pure: no Django, no database."""
