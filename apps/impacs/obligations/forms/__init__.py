"""Filters and files of State actions."""
