"""What is read of reports and of the lists that rule them."""
