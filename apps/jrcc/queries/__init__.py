"""What the watch and the border desks read."""
