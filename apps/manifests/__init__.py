"""What carriers send – lists, bookings, drafts, corrections – and what was read in it."""
