"""Watches, bulletins and digests for programs."""
