"""Pure rules of hits and of the gate."""
