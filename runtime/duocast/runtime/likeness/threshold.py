"""The threshold: how alike two faces must be to be the same person's."""

ALIKE = 0.42
"""Cosine of two embeddings. Of 618 pairs of strangers in photographs none is as alike (the highest 0.38, the mean
0.11); the same person is from 0.62 up in other photographs, from 0.54 if turned, dark, blurred or a fifth as large."""
