"""The engine of written procedures, pure."""
