"""Shapes: texts that grow by repeating one thing, the way that makes slow programs slow."""

BEFORE = {
    "nothing": "",
    "speech": "MARA\n",
    "bracket": "MARA\n[",
    "cue": "MUSIC: ",
    "heading": "INT. A",
    "card": "character MARA\n  voice: ",
    "title": "Title: ",
    "action": "INT. A - DAY\n\nRain ",
    "transition": "> ",
}
"""What stands before the repetition."""

UNITS = (
    "[", "]", "[a", "[]", "[beat]", "[beat, ", "(", ")", "()", "((a)", "*a", "*a*", "**", "_a", "_a_ ", "***a ",
    "[[", "]]", "[[a", "[[a\n\n", "[[a]]", "/*", "*/", "/* a */\n", "/*a*/", '"', "“", '"a', "a, ", ", ", ",", ":",
    " -- ", "--", "—", "\n", "\r", "\r\n", " \n", "\n\n", "\na\n", "a: b\n", "  a: b\n", "A\nb\n\n", "A (V.O.)",
    "A ", "A", "a ", "é", " ", "\t", "\u00a0", "\t\n", "#", "# a\n", "=", "= a\n", "1", "1 ", "2s ", "2s,", "-", ">",
    "<", "> a <\n", "> cut\n", "~a\n", "\\", "\\[", "!", "! a\n\n", "@A\nb\n\n", "character A\n", "place A\n\n",
    "INT. A - DAY\n", "INT. A - ", " - DAY", "MUSIC: a\n", "MUSIC: a, 2s\n\n", "[close on A]\n", "CUT TO:\n\n",
    "lexicon\n  a: b\n", "#1#", "A ^\nb\n\n", "A\n(b) c [beat] d --\n\n", "close on ", "and A ", "fade in 2s, ",
    "\ufeff", "\0", "\u0301", "\U0001f600", "\ud800", "ﬃ", "ß", "İ",
)  # fmt: skip


def grown(before: str, unit: str, size: int) -> str:
    """A text of about `size` characters."""
    return BEFORE[before] + unit * (size // len(unit))
