"""LoRAs: `lora: loras/mara.safetensors, 80%` on a character's card.

A path is a file of the project; a name alone is one on the model shelf of whoever makes the film.
"""

from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings, within
from duocast.compiler.resolve.sources import check_file
from duocast.compiler.screenplay import Lora
from duocast.language import Entry, Option, Text, parse_options, replacement

ENDING = ".safetensors"
WEIGHT = (0.0, 2.0)


def read_lora(
    entry: Entry | None, reader: Reader, findings: Findings, *, painted: bool
) -> Lora | None:
    """The LoRA that a card names, if its file is there; `painted`: somebody here can use it."""
    options = parse_options(entry.values[0]) if entry is not None and entry.values else ()
    if entry is None or not options:
        return None
    if not painted:
        findings.carry("a LoRA", entry.span)
    lora = _named(options[0], reader, findings)
    for option in options[1:]:
        lora = _weighted(lora, option, findings)
    return lora


def _named(option: Option, reader: Reader, findings: Findings) -> Lora | None:
    """A path, or a name alone, which the shelf knows."""
    text = option.text.strip()
    if text.lower().endswith(ENDING):
        there = check_file(Text(text, span=option.span), reader, findings)
        return Lora(file=text) if there else None
    if text.replace("-", "").replace("_", "").isalnum():
        return Lora(name=text)
    title = "a LoRA is wanted here, and this is something else"
    hint = f"only {ENDING} files are read, as in loras/mara{ENDING}"
    findings.error("A0012", title, option.span, hint=hint)
    return None


def _weighted(lora: Lora | None, option: Option, findings: Findings) -> Lora | None:
    quantity = option.quantity
    if quantity is None or option.words or quantity.unit not in ("", "%"):
        title = "a LoRA has a weight and nothing else"
        hint = f"as in `lora: loras/mara{ENDING}, 80%`"
        fix = replacement(option.span, "80%", safe=False)
        findings.error("N0223", title, option.span, hint=hint, fix=fix)
        return lora
    value = quantity.value / (100 if quantity.unit == "%" else 1)
    if not WEIGHT[0] <= value <= WEIGHT[1]:
        title = f"the weight of a LoRA must be from {WEIGHT[0]:.0%} to {WEIGHT[1]:.0%}"
        findings.error("N0224", title, option.span, fix=within(quantity, *WEIGHT))
        return lora
    return None if lora is None else lora.replace(weight=value)
