"""Models with weights of their own: where they lie, what they need, how one is kept warm. Loads no model library."""
