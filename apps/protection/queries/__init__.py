"""What data protection reads: who holds what on a person, how long what is kept, and the registers."""
