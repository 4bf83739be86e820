"""The reel of a shot's titles: drawn once, then laid over frame after frame."""

from dataclasses import dataclass

from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import Planes
from duocast.runtime.delivery.sprite import lay
from duocast.runtime.delivery.titles.big import card, subtitle, title
from duocast.runtime.delivery.titles.disclosure import disclosure
from duocast.runtime.delivery.titles.end_card import end_card
from duocast.runtime.delivery.titles.frame import Frame
from duocast.runtime.delivery.titles.layer import Layer
from duocast.runtime.delivery.titles.lower_third import lower_third
from duocast.runtime.delivery.titles.schedule import Shown


@dataclass(frozen=True, slots=True)
class Reel:
    """Layers with their times in seconds of the shot."""

    rate: Rate
    layers: tuple[tuple[Shown, Layer], ...]

    def draw(self, frame: Planes, index: int) -> None:
        """Lay what stands in frame number `index` over it, in place."""
        now = float(self.rate.seconds(index)) + 0.5 / float(self.rate.fps)
        for shown, layer in self.layers:
            if shown.start <= now < shown.end:
                lay(frame, layer.drawn, layer.motion(now - shown.start, shown.end - now))

    @property
    def empty(self) -> bool:
        """Nothing is ever drawn."""
        return not self.layers


def reel(
    shown: tuple[Shown, ...], rate: Rate, width: int, height: int, black: bool = False
) -> Reel:
    """The drawn titles of a shot; `black` says that nothing but the card's ground is behind them."""
    frame = Frame(width, height)
    ordered = sorted(shown, key=lambda each: each.overlay.kind == "disclosure")
    layers = tuple(
        (each, layer) for each in ordered for layer in _layers(each, shown, frame, black)
    )
    return Reel(rate, layers)


def _layers(each: Shown, shown: tuple[Shown, ...], frame: Frame, black: bool) -> tuple[Layer, ...]:
    overlay = each.overlay
    if not overlay.text.strip() and not overlay.second.strip():
        return ()
    match overlay.kind:
        case "title":
            return title(overlay, frame, black)
        case "subtitle":
            return subtitle(overlay, frame, black, lower=_beside_title(each, shown))
        case "card":
            return card(overlay, frame, black)
        case "end card":
            return end_card(overlay, frame, black)
        case "lower third":
            return lower_third(overlay, frame)
        case "disclosure":
            return disclosure(overlay, frame, each.whole)


def _beside_title(each: Shown, shown: tuple[Shown, ...]) -> bool:
    return any(
        other.overlay.kind == "title" and other.start < each.end and each.start < other.end
        for other in shown
    )
