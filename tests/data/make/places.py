"""Writes tests/data/places/*: what Jira, Atlassian's documents, GitHub and Linear take and answer,
cut down to what Assay asks for.

Run it by hand where these lie, each as its vendor publishes it (tests/data/SOURCES.md):
    python -m tests.data.make.places jira.json full.json github.graphql linear.graphql
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from graphql import (
    FieldNode,
    GraphQLSchema,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    Node,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ObjectValueNode,
    TypeInfo,
    TypeInfoVisitor,
    UnionTypeDefinitionNode,
    Visitor,
    build_ast_schema,
    get_named_type,
    parse,
    print_ast,
    visit,
)

from ingest.remote import github, linear

DOCUMENTS = {"github": github.DOCUMENTS, "linear": linear.DOCUMENTS}
HERE = Path(__file__).parents[1] / "places"
_WORDS = ("description", "example", "examples", "summary", "tags", "x-experimental", "deprecated")
_ASKED = {
    "/rest/api/3/myself": ["get"],
    "/rest/api/3/search/jql": ["post"],
    "/rest/api/3/issue/{issueIdOrKey}": ["get"],
    "/rest/api/3/issue/{issueIdOrKey}/comment": ["get", "post"],
    "/rest/api/3/issue/{issueIdOrKey}/transitions": ["get", "post"],
    "/rest/api/3/issue/{issueIdOrKey}/remotelink": ["post"],
}


def jira(told: dict[str, Any]) -> dict[str, Any]:
    """Those operations and the schemas they reach, without words."""
    paths = {path: {way: _bare(told["paths"][path][way]) for way in ways}
             for path, ways in _ASKED.items()}  # fmt: skip
    kept: dict[str, Any] = {}
    open_ = _named(paths)
    while open_:
        name = open_.pop()
        if name not in kept:
            kept[name] = _bare(told["components"]["schemas"][name])
            open_ |= _named(kept[name])
    return {"openapi": told["openapi"], "info": told["info"], "paths": paths,
            "components": {"schemas": kept}}  # fmt: skip


def _bare(told: Any, *, names: bool = False) -> Any:
    """names: the keys are names of properties, none of them a word about the schema."""
    if isinstance(told, list):
        return [_bare(one) for one in told]
    if not isinstance(told, dict):
        return told
    return {key: _bare(value, names=key == "properties") for key, value in told.items()
            if names or (key not in _WORDS and not key.startswith("x-"))}  # fmt: skip


def _named(told: Any) -> set[str]:
    text = json.dumps(told).split('"#/components/schemas/')
    return {part.partition('"')[0] for part in text[1:]}


def cut(text: str, documents: Iterable[str]) -> str:
    """Of each type the fields those documents ask for; what fields take, whole."""
    told = parse(text, no_location=True)
    used = _used(build_ast_schema(told, assume_valid=True), documents)
    named = {one.name.value: one for one in told.definitions if hasattr(one, "name")}
    named = {name: _kept(one, used) for name, one in named.items()}
    reached, open_ = set(), {"Query", "Mutation", *used}
    while open_:
        name = open_.pop()
        if name in named and name not in reached:
            reached.add(name)
            open_ |= _types_in(named[name])
    kept = [visit(named[name], _Bare()) for name in sorted(reached)]
    return "\n\n".join(print_ast(one) for one in kept) + "\n"


def _kept(one: Any, used: dict[str, set[str]]) -> Any:
    """The type with the fields that are asked for, of interfaces and members those too; of what
    they take and of inputs, what is given or required.
    """
    if isinstance(one, UnionTypeDefinitionNode):
        return replace(one, types=tuple(k for k in one.types or () if k.name.value in used))
    if isinstance(one, InputObjectTypeDefinitionNode):
        return replace(one, fields=_given(one.fields, used.get(one.name.value, set())))
    if not isinstance(one, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        return one
    faces = tuple(face for face in one.interfaces or () if face.name.value in used)
    mine = set(used.get(one.name.value, ()))
    mine |= {field for face in faces for field in used[face.name.value]}
    kept = tuple(
        replace(field, arguments=_given(field.arguments, {
            name.partition("(")[2] for name in mine if name.startswith(f"{field.name.value}(")
        }))
        for field in one.fields or () if field.name.value in mine
    )  # fmt: skip
    return replace(one, fields=kept, interfaces=faces)


def _given(some: Any, names: set[str]) -> tuple[Any, ...]:
    def is_needed(one: Any) -> bool:
        required = isinstance(one.type, NonNullTypeNode) and one.default_value is None
        return required or one.name.value in names

    return tuple(one for one in some or () if is_needed(one))


def _used(schema: GraphQLSchema, documents: Iterable[str]) -> dict[str, set[str]]:
    """By type its fields that are asked for or given, and `field(argument` for what they take."""
    # An owner on GitHub is answered as one of what it can be.
    used: dict[str, set[str]] = {}
    if "RepositoryOwner" in schema.type_map:
        used["Organization"] = set()
    info = TypeInfo(schema)

    class Seen(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            parent = info.get_parent_type()
            assert parent is not None
            mine = used.setdefault(parent.name, set())
            mine.add(node.name.value)
            mine |= {f"{node.name.value}({one.name.value}" for one in node.arguments or ()}
            used.setdefault(get_named_type(info.get_type()).name, set())

        def enter_inline_fragment(self, *_: Any) -> None:
            used.setdefault(str(info.get_type()), set())

        def enter_object_value(self, node: ObjectValueNode, *_: Any) -> None:
            name = get_named_type(info.get_input_type()).name
            used.setdefault(name, set()).update(one.name.value for one in node.fields)

    for one in documents:
        visit(parse(one), TypeInfoVisitor(info, Seen()))
    return used


def _types_in(definition: Node) -> set[str]:
    found: set[str] = set()

    class Names(Visitor):
        def enter_named_type(self, node: NamedTypeNode, *_: Any) -> None:
            found.add(node.name.value)

    visit(definition, Names())
    return found


class _Bare(Visitor):
    """Takes away words and directives."""

    def leave(self, node: Any, *_: Any) -> Any:
        named = {field.name for field in fields(node)} & {"description", "directives"}
        changed = {name: None if name == "description" else () for name in named}
        return replace(node, **changed) if changed else None


def main(asked: list[str]) -> None:
    """Write them."""
    rest, documents, *schemas = (Path(one).read_text() for one in asked)
    HERE.mkdir(exist_ok=True)
    cut_jira = json.dumps(jira(json.loads(rest)), indent=1, sort_keys=True)
    (HERE / "jira.json").write_text(cut_jira + "\n")
    compact = json.dumps(json.loads(documents), separators=(",", ":"), sort_keys=True)
    (HERE / "adf.json").write_text(compact + "\n")
    for (name, documents_of), text in zip(DOCUMENTS.items(), schemas, strict=True):
        (HERE / f"{name}.graphql").write_text(cut(text, documents_of))


if __name__ == "__main__":
    main(sys.argv[1:])
