"""A page's examples, compiled in memory with the files that the page says they need."""

from dataclasses import dataclass, field

from duocast.compiler.film import compile_film
from duocast.compiler.reader import State, leads_out
from duocast.language import Source, apply, render

PATH = "film.scene"


@dataclass(frozen=True, slots=True)
class PageReader:
    """A project with the files that a page names."""

    kinds: dict[str, str] = field(default_factory=dict)
    scripts: dict[str, str] = field(default_factory=dict)

    def state(self, path: str) -> State:
        if leads_out(path):
            return "outside"
        if path in self.scripts:
            return "file" if self.scripts[path] else "empty"
        states: dict[str, State] = {"empty": "empty", "folder": "folder"}
        return states.get(self.kinds[path], "file") if path in self.kinds else "missing"

    def text(self, path: str) -> str:
        return self.scripts.get(path, "")


def compiled(page, text, scripts=None):
    """The whole compile of an example; `scripts` are the page's other files, perhaps mended."""
    other = dict(page.scripts if scripts is None else scripts)
    return compile_film(Source(PATH, text), PageReader(dict(page.files), other))


def codes_of(found):
    return [one.code for one in found.diagnostics]


def rendered(found):
    return render(found.diagnostics, found.sources.values())


def mended(page, found):
    """The page's bad example and its other files, after all fixes of the findings were made."""
    texts = {PATH: page.bad, **dict(page.scripts)}
    for one in found.diagnostics:
        if one.fix is not None:
            for path in {edit.span.path for edit in one.fix.edits}:
                texts[path] = apply(texts[path], [one.fix])
    return texts
