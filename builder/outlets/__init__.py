"""Files to the world: the only rooms with effects."""
