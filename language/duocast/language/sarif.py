"""Findings as SARIF 2.1.0, the form in which code hosts and editors exchange what checkers have found.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from duocast.language.diagnostic import Diagnostic, Fix
from duocast.language.explain import Page, find
from duocast.language.source import Source, Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
JSON = dict[str, Any]


def results(
    diagnostics: Iterable[Diagnostic],
    sources: Iterable[Source],
    *,
    shown: Callable[[str], str] = str,
) -> list[JSON]:
    """One result for each finding. `shown` turns a source's path into that of the repository."""
    files = {source.path: source for source in sources}
    return [_result(one, files, shown) for one in diagnostics]


def sarif(found: list[JSON], *, version: str) -> str:
    """The log of one run: `found` are the `results` of all its films, `version` is duocast's."""
    codes = sorted({one["ruleId"] for one in found})
    indices = {code: index for index, code in enumerate(codes)}
    driver = {"name": "duocast", "version": version, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [{**one, "ruleIndex": indices[one["ruleId"]]} for one in found],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> JSON:
    page = find(code)
    if page is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.text},
        "help": {"text": page.text, "markdown": _help(page)},
        "defaultConfiguration": {"level": str(page.severity)},
    }


def _help(page: Page) -> str:
    if page.render:
        return page.text
    return f"{page.text}\n\nBad:\n\n```\n{page.bad}```\n\nGood:\n\n```\n{page.good}```\n"


def _result(diagnostic: Diagnostic, files: dict[str, Source], shown: Callable[[str], str]) -> JSON:
    label = diagnostic.labels[0].text if diagnostic.labels else ""
    parts = filter(None, (diagnostic.title, label, diagnostic.hint))
    result: JSON = {
        "ruleId": diagnostic.code,
        "level": str(diagnostic.severity),
        "message": {"text": "; ".join(parts)},
    }
    places = [_location(one.span, files, shown) for one in diagnostic.labels]
    if places:
        result["locations"] = places[:1]
    others = [
        {"id": number, **place, "message": {"text": one.text or "see also"}}
        for number, (one, place) in enumerate(zip(diagnostic.labels, places, strict=True))
    ]
    if others[1:]:
        result["relatedLocations"] = others[1:]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.fix, files, shown)]
    return result


def _location(span: Span, files: dict[str, Source], shown: Callable[[str], str]) -> JSON:
    physical: JSON = {"artifactLocation": {"uri": _uri(shown(span.path))}}
    if source := files.get(span.path):
        physical["region"] = _region(source, span)
    return {"physicalLocation": physical}


def _region(source: Source, span: Span) -> JSON:
    first, last = source.position(span.start), source.position(span.end)
    return {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _fix(fix: Fix, files: dict[str, Source], shown: Callable[[str], str]) -> JSON:
    paths = dict.fromkeys(edit.span.path for edit in fix.edits)
    changes = [
        {
            "artifactLocation": {"uri": _uri(shown(path))},
            "replacements": [
                {
                    "deletedRegion": _region(files[path], edit.span),
                    "insertedContent": {"text": edit.text},
                }
                for edit in fix.edits
                if edit.span.path == path
            ],
        }
        for path in paths
        if path in files
    ]
    kind = "" if fix.safe else " (look at it first)"
    return {"description": {"text": fix.title + kind}, "artifactChanges": changes}


def _uri(path: str) -> str:
    """A path as a URI, relative where the path is."""
    path = path.replace("\\", "/")
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)
