"""Places drawn from words: a room or a view, its light and what stands in it."""
