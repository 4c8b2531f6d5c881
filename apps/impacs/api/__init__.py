"""Endpoints of mandates and State actions."""
