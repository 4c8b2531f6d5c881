"""What the register answers, each figure with the rows that it follows from."""
