"""Holds a page to the published HSDS schema, which lies beside this file (see schema/LICENSE.md)."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

SCHEMA = Path(__file__).parent / "schema"
PAGE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}
FORMATS = FormatChecker(("uuid", "email"))


@FORMATS.checks("uri", ValueError)
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).hostname)


@FORMATS.checks("date", ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


def faults_of(page):
    """Return what the schema finds wrong, and every key it does not know: it lets those pass by itself."""
    service = _validator("service.json")
    found = [] if set(page) == PAGE else ["the page has other keys"]
    for number, each in enumerate(page["contents"]):
        found += [f"{number} {error.json_path}: {error.message}" for error in service.iter_errors(each)]
        found += [f"{number} {way}: unknown" for way in _unknown(each, "service.json", "")]
    return found


def _unknown(record, file, way):
    known = _schema(file)["properties"]
    for key, value in record.items():
        if key not in known:
            yield f"{way}.{key}"
            continue
        inner = known[key].get("$ref") or known[key].get("items", {}).get("$ref")
        for each in (value if isinstance(value, list) else [value]) if inner else ():
            yield from _unknown(each, inner, f"{way}.{key}")


@cache
def _schema(file):
    return json.loads((SCHEMA / file).read_text(encoding="utf-8"))


@cache
def _validator(file):
    named = [(path.name, DRAFT202012.create_resource(_schema(path.name))) for path in SCHEMA.glob("*.json")]
    return Draft202012Validator(
        _schema(file), registry=Registry().with_resources(named), format_checker=FORMATS
    )
