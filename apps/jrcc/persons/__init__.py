"""A person as a desk sees him: appearances, likeness, companions, hits; drawings of them."""
