"""Caption files: SubRip and WebVTT."""

from collections.abc import Iterator, Sequence

from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.captions.cue import Cue, CueLine


def srt(cues: Sequence[Cue], rate: Rate) -> str:
    """The cues as SubRip text; an empty line where nobody speaks: an empty file is taken for a broken one."""
    blocks = []
    for number, cue in enumerate(cues, start=1):
        start, end = (_clock(float(rate.seconds(f)), ",") for f in (cue.start, cue.end))
        blocks.append(f"{number}\n{start} --> {end}\n{cue.text}\n")
    return "\n".join(blocks) or "\n"


def vtt(cues: Sequence[Cue], rate: Rate, language: str = "") -> str:
    """The cues as WebVTT: speakers as voices, and the time of every word where one person speaks."""
    head = "WEBVTT" + (f"\nLanguage: {language}" if language else "")
    blocks = [head + "\n"]
    for number, cue in enumerate(cues, start=1):
        start, end = (_clock(float(rate.seconds(f)), ".") for f in (cue.start, cue.end))
        alone = len(cue.lines) == 1
        text = "\n".join(_voiced(line, cue, rate, timed=alone) for line in cue.lines)
        blocks.append(f"{number}\n{start} --> {end}\n{text}\n")
    return "\n".join(blocks)


def _voiced(line: CueLine, cue: Cue, rate: Rate, *, timed: bool) -> str:
    speaker = _escaped(line.speaker).replace("\n", " ")
    if not timed:
        return f"<v {speaker}>" + _escaped("\n".join(line.rows))
    return f"<v {speaker}>" + "\n".join(_timed_rows(line, cue, rate))


def _timed_rows(line: CueLine, cue: Cue, rate: Rate) -> Iterator[str]:
    """The rows with a time before every word but the first; times rise, as the format demands."""
    start, end = float(rate.seconds(cue.start)), float(rate.seconds(cue.end))
    reached, index = start, 0
    for row in line.rows:
        own = row.split(" ")
        named = len(own) - sum(1 for _ in _spoken(own, line, index))
        parts = [_escaped(text) for text in own[:named]]
        for text in own[named:]:
            at = line.words[index].start if index < len(line.words) else end
            stamped = index > 0 and reached + 0.0005 < at < end - 0.0005
            parts.append((f"<{_clock(at, '.')}>" if stamped else "") + _escaped(text))
            reached = max(reached, at) if stamped else reached
            index += 1
        yield " ".join(parts)


def _spoken(own: list[str], line: CueLine, index: int) -> Iterator[str]:
    """The parts of a row that are spoken words: a name before the first is not."""
    words = " ".join(w.text for w in line.words[index:]).split(" ")
    first = own[0].endswith(":") and index == 0 and own[0] != words[0]
    yield from own[1:] if first else own


def _clock(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
