"""What follows by itself: the Council's clock and listeners."""
