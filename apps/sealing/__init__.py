"""Keys of States: who holds them, and the form of what is sealed under them. The portal itself opens nothing of it."""
