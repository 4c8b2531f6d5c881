"""Fictional people, how registers and airlines write them, and who resembles them: for fits, tests and benchmarks."""
