"""What search reads: things by words and filters, saved searches, and the log of what was asked."""
