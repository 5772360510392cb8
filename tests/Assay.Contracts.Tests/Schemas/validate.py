"""Validates JSON against the published schemas with python3-jsonschema.

validate.py SCHEMA_DIR: reads lines {"schema": file name, "instance": any} on standard input and writes one line for each: ok where
the instance is valid, else the first error. Every schema of the folder is checked against its metaschema first.
"""
import json
import pathlib
import sys
import warnings

from jsonschema import Draft202012Validator

schemas = {p.name: json.loads(p.read_text(encoding="utf-8")) for p in sorted(pathlib.Path(sys.argv[1]).glob("*.json"))}
for schema in schemas.values():
    Draft202012Validator.check_schema(schema)

by_id = {s["$id"]: s for s in schemas.values()}
try:
    from referencing import Registry, Resource

    registry = Registry().with_resources((i, Resource.from_contents(s)) for i, s in by_id.items())
    validators = {n: Draft202012Validator(s, registry=registry) for n, s in schemas.items()}
except ImportError:
    warnings.simplefilter("ignore")
    from jsonschema import RefResolver

    validators = {n: Draft202012Validator(s, resolver=RefResolver.from_schema(s, store=by_id)) for n, s in schemas.items()}

for line in sys.stdin:
    case = json.loads(line)
    error = next(iter(validators[case["schema"]].iter_errors(case["instance"])), None)
    print("ok" if error is None else f"{error.json_path}: {error.message}".replace("\n", " "))
