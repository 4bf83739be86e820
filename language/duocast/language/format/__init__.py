"""The formatter: a script's one canonical layout, with its meaning and every word kept.

tidy = formatted(Source("film.scene", text))
"""

from duocast.language.format.formatter import formatted

__all__ = ["formatted"]
