"""Likeness: whether people in a picture that a model made still look like themselves, and what is done if not."""
