"""How carriers keep to the rules: in time, complete, accurate; figures of lists, and no word about screening."""
