"""What this app reads: each function begins with whom it reads for."""
