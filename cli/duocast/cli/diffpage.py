"""The page of a difference: every shot that is not the same, its stills and its words before and after."""

import base64
import difflib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from PIL import Image

from duocast.compiler.plan.difference import Difference, ShotChange
from duocast.compiler.plan.step import told
from duocast.compiler.screenplay import Screenplay

Stills = Mapping[str, bytes]
"""Pictures by shot."""
WIDTH = 480
STYLE = """
:root { color-scheme: light dark; --line: #8884; --in: #2a9d5c; --out: #c8452f; --dim: #777 }
* { box-sizing: border-box }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 1080px; margin: 0 auto; padding: 2rem 1rem }
h1 { font-size: 1.4rem; margin: 0 } h2 { font-size: 1rem; margin: 0 0 .5rem }
p.sum { color: var(--dim); margin: .25rem 0 2rem }
section { border-top: 1px solid var(--line); padding: 1.25rem 0 }
.kind { font-size: .75rem; letter-spacing: .04em; color: var(--dim); font-weight: 400 }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
figure { margin: 0 } img, .none { width: 100%; aspect-ratio: var(--shape); border-radius: 4px; object-fit: cover }
.none { display: grid; place-items: center; border: 1px dashed var(--line); color: var(--dim); font-size: .85rem }
figcaption { margin-top: .4rem } del { color: var(--out); text-decoration-thickness: 1px }
ins { color: var(--in); text-decoration: none; font-weight: 600 }
ul { color: var(--dim); font-size: .85rem; padding-left: 1.1rem; margin: .5rem 0 0 }
@media (max-width: 560px) { .pair { grid-template-columns: 1fr } }
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions: what it is called, and its film."""

    name: str
    screenplay: Screenplay


def page(found: Difference, sides: tuple[Side, Side], stills: tuple[Stills, Stills]) -> str:
    """The whole page, in one file."""
    delivery = sides[1].screenplay.delivery
    title = escape(sides[1].screenplay.title or "Untitled")
    old, new = (escape(side.name) for side in sides)
    counts = f"{len(found.shots)} shots differ, {found.same} are the same"
    body = "".join(_section(change, sides, stills) for change in found.shots)
    return (
        "<!doctype html><html lang=en><meta charset=utf-8>"
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<title>{title}: {old} and {new}</title><style>:root {{ --shape: {delivery.width} / {delivery.height} }}"
        f"{STYLE}</style><h1>{title}</h1><p class=sum>{old} → {new}: {counts}</p>{body}\n"
    )


def _section(change: ShotChange, sides: tuple[Side, Side], stills: tuple[Stills, Stills]) -> str:
    before, after = marked(" / ".join(change.before), " / ".join(change.after))
    figures = ""
    for side, pictures, words, there in (
        (sides[0], stills[0], before, change.kind != "new"),
        (sides[1], stills[1], after, change.kind != "gone"),
    ):
        figures += f"<figure>{_picture(change, side, pictures, there)}<figcaption>{words}</figcaption></figure>"
    moved = "".join(
        f"<li>{escape(address.rpartition('/')[2])}: {escape(told(one))}</li>"
        for address, one in change.fields
        if not one.field.startswith("segments")
    )
    return (
        f"<section><h2>{escape(change.name)} <span class=kind>{change.kind} · {escape(change.shot)}</span></h2>"
        f"<div class=pair>{figures}</div>{f'<ul>{moved}</ul>' if moved else ''}</section>"
    )


def _picture(change: ShotChange, side: Side, pictures: Stills, there: bool) -> str:
    if not there:
        return "<div class=none>not in this version</div>"
    if change.shot not in pictures:
        return "<div class=none>not made yet</div>"
    try:
        content = base64.b64encode(_small(pictures[change.shot])).decode()
    except OSError:
        return "<div class=none>can't be shown</div>"
    alt = escape(f"Shot {change.name} in {side.name}")
    return f'<img alt="{alt}" src="data:image/jpeg;base64,{content}">'


def _small(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        small = picture.convert("RGB")
    small.thumbnail((WIDTH, WIDTH))
    written = io.BytesIO()
    small.save(written, "JPEG", quality=84)
    return written.getvalue()


def marked(before: str, after: str) -> tuple[str, str]:
    """Two texts as HTML, with the words marked that only one of them has."""
    old, new = before.split(" "), after.split(" ")
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    codes = matcher.get_opcodes()
    left = _words(((tag, old[a:b]) for tag, a, b, _, _ in codes), "del")
    right = _words(((tag, new[c:d]) for tag, _, _, c, d in codes), "ins")
    return left, right


def _words(parts: Iterator[tuple[str, list[str]]], mark: str) -> str:
    shown = []
    for tag, words in parts:
        text = escape(" ".join(words))
        if text:
            shown.append(text if tag == "equal" else f"<{mark}>{text}</{mark}>")
    return " ".join(shown)
