"""Filters of the plan, and many tasks at once."""
