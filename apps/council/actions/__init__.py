"""Everything that changes the records of the Council. Importing declares the actions."""
