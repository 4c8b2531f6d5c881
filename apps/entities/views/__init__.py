"""Pages of persons and things."""
