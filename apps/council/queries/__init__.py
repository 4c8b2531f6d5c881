"""Reads across the tables of the Council."""
