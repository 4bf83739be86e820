"""The colours of rooms, by kind: one of a kind's palettes is drawn by the place's seed."""

from typing import NamedTuple

from duocast.runtime.stage.place.brush import Colour


class Palette(NamedTuple):
    """The colours of a room."""

    wall: Colour
    trim: Colour
    floor: Colour
    wood: Colour
    accent: Colour
    second: Colour


PALETTES: dict[str, tuple[Palette, ...]] = {
    "kitchen": (
        Palette("#d9c7a7", "#e9ddc6", "#a9774f", "#a4693f", "#c8553d", "#3f6f70"),
        Palette("#a9bfb3", "#e6e2d3", "#b98b62", "#9a6a44", "#d98b4a", "#35575e"),
        Palette("#c9a894", "#ecdfce", "#8f6a50", "#8a5a3c", "#b4473a", "#46626b"),
    ),
    "living room": (
        Palette("#7f9c98", "#dfe0d2", "#a87d58", "#8a5c3e", "#d9a05b", "#b5533c"),
        Palette("#c8a488", "#eee0cd", "#8d6346", "#7a4f37", "#4b7a78", "#d9a441"),
        Palette("#8a94ad", "#e3e1dc", "#9d7656", "#7c5540", "#d98a6a", "#efc88b"),
    ),
    "office": (
        Palette("#c3ccd0", "#e8ebea", "#7f868f", "#a97c55", "#2f6f8f", "#e08e45"),
        Palette("#b6c0b7", "#e7e8e0", "#877f78", "#99704f", "#3f7d6e", "#d9a441"),
    ),
    "cafe": (
        Palette("#8c5f4c", "#d8b894", "#6e4a36", "#7d5134", "#d9a441", "#2f5d5a"),
        Palette("#47615b", "#c9b48f", "#7a5840", "#8b5e3c", "#d87f4a", "#e2c48d"),
    ),
    "bedroom": (
        Palette("#a59bb5", "#e8e0e4", "#9b7a63", "#86604a", "#d98b7a", "#52627e"),
        Palette("#b9b49a", "#ebe5d2", "#94714f", "#7d583c", "#c8745a", "#4b6d66"),
    ),
    "podcast": (
        Palette("#3c4257", "#555c74", "#4a3d3c", "#8a5c3e", "#e0813f", "#3fa7a0"),
        Palette("#47374c", "#65506a", "#453a41", "#8f5f45", "#e39a4c", "#5b8fc2"),
    ),
    "library": (
        Palette("#5c4a3e", "#8b6a4c", "#6b4a35", "#6e4429", "#b98a3f", "#2f5d50"),
        Palette("#4e5a4a", "#86724f", "#6f4e37", "#73492e", "#c07a45", "#7c3b36"),
    ),
    "hallway": (
        Palette("#b9a58c", "#e6dac4", "#7a5943", "#7b5036", "#a94f3e", "#4a6670"),
        Palette("#93a3a5", "#dfe1da", "#86674e", "#80573c", "#c98a45", "#7a3f46"),
    ),
    "hospital": (Palette("#c4d8d6", "#eef3f1", "#a9b8ba", "#9fb3b5", "#3f94a0", "#e8a85c"),),
    "classroom": (Palette("#d5cda9", "#e9e4cf", "#a98860", "#a5703f", "#c8553d", "#4c7a68"),),
    "stage": (Palette("#5a1d27", "#7c2a33", "#6d4a33", "#7a4b2d", "#c9973f", "#8f2a34"),),
    "car": (Palette("#2a2d34", "#3a3e47", "#1d1f24", "#4a3a31", "#8a5a3c", "#39424e"),),
    "train": (
        Palette("#b98d5f", "#d9c49a", "#5b4a42", "#8a5a35", "#3f6b5a", "#a4473a"),
        Palette("#a98a6a", "#d8cdb4", "#4d4642", "#7d5134", "#8f3b3a", "#3f5f70"),
    ),
    "cellar": (
        Palette("#7d6157", "#8d8078", "#5b5652", "#7d5a3e", "#c8743f", "#4f6468"),
        Palette("#6d6a66", "#86827b", "#54524f", "#76553a", "#b5533c", "#5a6b5c"),
    ),
    "church": (Palette("#a89a86", "#c2b5a0", "#7d7468", "#6b442c", "#8f2f38", "#4a5f7d"),),
    "spaceship": (
        Palette("#4a5563", "#6d7a89", "#39424e", "#5b6470", "#e0813f", "#3fa7a0"),
        Palette("#595560", "#7f7b88", "#3d3a44", "#625d69", "#d9a441", "#5b8fc2"),
    ),
    "bathroom": (
        Palette("#b7c6c4", "#e8ecea", "#8f9a9c", "#9a7a5c", "#c8745a", "#4f8f94"),
        Palette("#cbbfae", "#ece6dc", "#a08d7c", "#8a6547", "#4b7d8a", "#9a8f6a"),
    ),
    "lighthouse": (
        Palette("#9a8468", "#d9d2bf", "#7a5940", "#7b5030", "#b5533c", "#3f6478"),
        Palette("#7f8f8c", "#dcdccb", "#80593c", "#80552f", "#c8743f", "#35505f"),
    ),
}  # fmt: skip
