"""What pages, programs and actions of the watch ask."""
