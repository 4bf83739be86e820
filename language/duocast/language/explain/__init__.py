"""What each code means: pages in the writer's words, each with a bad and a good example.

    page("N0204").title

The pages are markdown files beside this one, one for each code. `duocast explain`, the table in the reference and the
tests read them; nothing else knows what a code means.
"""

from duocast.language.explain.page import Page, PageError, read_page
from duocast.language.explain.shelf import FAMILIES, codes, find, page, pages

__all__ = ["FAMILIES", "Page", "PageError", "codes", "find", "page", "pages", "read_page"]
