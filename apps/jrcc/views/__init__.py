"""Pages of the JRCC's room, by what they show."""
