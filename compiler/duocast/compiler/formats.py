"""Formats: the same film in every size and rate that its title page asks for."""

from duocast.compiler.screenplay import Screenplay


def in_each_format(screenplay: Screenplay) -> tuple[tuple[str, Screenplay], ...]:
    """The film once for each format, the first with an empty name, the others with one like `1080x1920-30`.

    Each is framed for itself; whatever does not depend on the picture's size (voices, music) has the same keys.
    """
    delivery = screenplay.delivery
    alone = screenplay.replace(delivery=delivery.replace(also=()))
    made = [("", alone)]
    for other in delivery.also:
        name = f"{other.width}x{other.height}-{float(other.rate.fps):g}"
        changed = alone.delivery.replace(width=other.width, height=other.height, rate=other.rate)
        made.append((name, alone.replace(delivery=changed)))
    return tuple(made)
