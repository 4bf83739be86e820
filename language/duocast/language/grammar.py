"""The two grammars, each built once: `.lark` files beside this one become LALR parsers with inline transformers."""

from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Transformer
from lark.lexer import Lexer

from duocast.language.phrases import PhraseLexer
from duocast.language.shots import DirectionRules

DIRECTION_STARTS = ("direction", "option", "transition")


def build(
    name: str, lexer: type[Lexer], rules: Transformer[Any, Any], *starts: str, strict: bool = False
) -> Lark:
    """The parser of a grammar file; `strict` (it needs interegular) refuses any conflict."""
    return Lark(
        Path(__file__).with_name(name).read_text("utf-8"),
        parser="lalr",
        lexer=lexer,
        transformer=rules,
        start=list(starts),
        maybe_placeholders=False,
        strict=strict,
    )


@cache
def direction_grammar() -> Lark:
    """The grammar of what stands in brackets."""
    return build("direction.lark", PhraseLexer, DirectionRules(), *DIRECTION_STARTS)
