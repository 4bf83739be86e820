"""A site: the files of a page by their paths, their types, and the headers they are served with."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Only the page's own files run, and nothing is asked of anybody else."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
}
UNKNOWN = "application/octet-stream"
_FONTS = {
    "inter.ttf": ("fontpkg_inter", "Inter[opsz,wght].ttf"),
    "serif.ttf": ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    "serif-italic.ttf": ("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf"),
}


def content_type(path: str) -> str:
    """The type of a file by its name."""
    return TYPES.get(PurePosixPath(path).suffix, UNKNOWN)


def site(package: str) -> dict[str, bytes]:
    """The files of the folder `page` of a package, of what all pages share, and the fonts, by their paths.

    Everything is read once: whoever serves a page looks names up and never opens a path that somebody sends.
    """
    shared = _folder(files(__package__) / "page")
    fonts = {
        f"font/{name}": (files(package_) / "files" / file).read_bytes()
        for name, (package_, file) in _FONTS.items()
    }
    return shared | fonts | _folder(files(package) / "page")


def _folder(folder: Traversable) -> dict[str, bytes]:
    return {
        file.name: file.read_bytes()
        for file in folder.iterdir()
        if PurePosixPath(file.name).suffix in TYPES
    }
