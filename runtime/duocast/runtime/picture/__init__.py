"""People: portraits, rigs and performances."""
