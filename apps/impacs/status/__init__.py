"""The status of an action of a State, computed from facts."""
