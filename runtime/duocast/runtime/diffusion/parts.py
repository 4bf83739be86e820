"""Parts of a pipeline that are read here, because diffusers would need torchvision for them.

Two models of pictures keep their tokenizer in a processor that also reads pictures or films; transformers reads those
with torchvision, which does not go with a torch for the processor alone, and none of it is used for the words.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

Parts = Mapping[str, Any]
Read = Callable[[str, Mapping[str, Any]], Parts]
"""Takes where the model is and how it is looked for."""


class PictureWords:
    """Words with pictures in them, as Qwen2.5-VL reads them: every mark of a picture is as long as the picture."""

    MARK = "<|image_pad|>"

    def __init__(self, tokenizer: Any, pictures: Any) -> None:  # noqa: ANN401 -- types of transformers
        self.tokenizer = tokenizer
        self.image_processor = pictures

    def __call__(
        self,
        text: Sequence[str],
        images: Sequence[object] | None = None,
        *,
        padding: bool = True,
        return_tensors: str = "pt",
    ) -> Any:  # noqa: ANN401 -- a batch of transformers
        """The tokens of the words, and what the model sees of the pictures."""
        batch = importlib.import_module("transformers").BatchFeature
        seen: dict[str, Any] = {}
        if images:
            seen = dict(self.image_processor(images=list(images), return_tensors=return_tensors))
            lengths = seen["image_grid_thw"].prod(-1) // self.image_processor.merge_size**2
            text = self._lengthened(text, [int(length) for length in lengths])
        read = self.tokenizer(list(text), padding=padding, return_tensors=return_tensors)
        return batch({**read, **seen})

    def _lengthened(self, text: Sequence[str], lengths: Sequence[int]) -> list[str]:
        left, found = iter(lengths), []
        for words in text:
            head, *tails = words.split(self.MARK)
            found.append(head + "".join(self.MARK * next(left) + tail for tail in tails))
        return found


def tokens(where: str, how: Mapping[str, Any]) -> Parts:
    """FLUX.2: its processor's tokenizer alone; it is only asked about words."""
    transformers = importlib.import_module("transformers")
    return {"tokenizer": transformers.AutoTokenizer.from_pretrained(where, subfolder="tokenizer", **how)}  # fmt: skip


def picture_words(where: str, how: Mapping[str, Any]) -> Parts:
    """Qwen-Image-Edit: tokenizer and pictures, without films."""
    transformers = importlib.import_module("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained(where, subfolder="processor", **how)
    pictures = transformers.Qwen2VLImageProcessorPil.from_pretrained(
        where, subfolder="processor", **how
    )
    return {"processor": PictureWords(tokenizer, pictures)}


APART: Mapping[str, tuple[tuple[str, ...], Read]] = MappingProxyType(
    {
        "Flux2Pipeline": (("tokenizer",), tokens),
        "QwenImageEditPlusPipeline": (("processor",), picture_words),
    }
)
"""By pipeline: the parts that diffusers leaves out, and how they are read."""
