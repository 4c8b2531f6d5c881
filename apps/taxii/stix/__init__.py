"""STIX 2.1 read and written; pure, no Django, no database."""
