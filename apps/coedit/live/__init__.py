"""Open texts: sockets, rooms and the one task per process that keeps them in step with the log."""
