"""Pages of State actions."""
