"""May this actor? Pure functions over loaded columns."""
