"""May this actor? Pure functions over loaded columns, one module for each part of the register."""
