"""What is read of manifests."""
