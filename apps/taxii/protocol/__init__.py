"""TAXII 2.1 as far as it is words on a wire; pure, no Django, no database."""
