"""Pages of people: one's own desk, the party's register, its accounts and keys."""
