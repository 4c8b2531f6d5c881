"""Benchmarks: `manage.py bench NAME --json`. Each builds its own data in a database of its own and removes it."""
