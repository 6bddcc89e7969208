"""A document with everything in it, about the made-up country Eksempelland."""
