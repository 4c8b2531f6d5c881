"""Who may do what with tasks and plans."""
