"""The demonstration: fictional people and what they do, beside the product and no part of it."""
