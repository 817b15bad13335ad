"""Lint VBA modules without Excel: what its compilers would refuse, and our own rules.

Grammar comes from pyOpenVBA's parser; the rest is what that parser lets through. Not seen here: the
number of arguments of a call, assigning to a constant, a missing ``Set``, ``Sub (1, 2)`` as a statement.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pyopenvba.exceptions import VBAError
from pyopenvba.interpreter import parse_module
from pyopenvba.interpreter._constants_data import EXCEL_CONSTANTS, OFFICE_CONSTANTS, VBA_CONSTANTS
from pyopenvba.interpreter._intrinsics import INTRINSICS
from pyopenvba.interpreter._inventory import members_of
from pyopenvba.interpreter._preprocess import strip_directives

TARGETS: Mapping[str, Mapping[str, bool]] = {
    "win64": {"Win64": True, "Win32": True, "VBA7": True, "Mac": False},
    "win32": {"Win64": False, "Win32": True, "VBA7": True, "Mac": False},
    "mac": {"Win64": True, "Win32": False, "VBA7": True, "Mac": True},
}
LONGEST_LINE, MOST_CONTINUATIONS = 1023, 24
_TYPES = frozenset(
    {
        "variant",
        "string",
        "long",
        "integer",
        "boolean",
        "double",
        "single",
        "byte",
        "date",
        "currency",
        "object",
        "longptr",
        "longlong",
        "collection",
        "workbook",
        "worksheet",
        "range",
        "application",
        "iribboncontrol",
        "iribbonui",
    }
)
_KNOWN = frozenset(
    {
        "true",
        "false",
        "nothing",
        "empty",
        "null",
        "me",
        "err",
        "debug",
        "application",
        "thisworkbook",
        "vba",
        "excel",
    }
    | {name.lower() for table in (EXCEL_CONSTANTS, OFFICE_CONSTANTS, VBA_CONSTANTS) for name in table}
)
_NO_LABEL = ("", "0", "-1")


def parse(name: str, source: str, target: str) -> Any:
    """Return the syntax tree one compiler sees; raises VBAError when it would refuse."""
    lines = source.replace("\r\n", "\n").split("\n")
    # pyOpenVBA cannot read a comment after a directive; Excel can.
    plain = "\n".join(
        re.sub(r"\s'.*$", "", line) if line.lstrip().startswith("#") else line for line in lines
    )
    return parse_module(strip_directives(plain, constants=TARGETS[target]), name=name, kind="standard")


def lint(modules: Mapping[str, str]) -> list[str]:
    """Return what is wrong in the modules (name → source), for every compiler they meet."""
    faults = [fault for name, source in modules.items() for fault in _text_faults(name, source)]
    for target in TARGETS:
        trees: dict[str, Any] = {}
        for name, source in modules.items():
            try:
                trees[name] = parse(name, source, target)
            except VBAError as error:
                faults.append(f"{name} [{target}]: {error}")
        shared = {word for tree in trees.values() for word in _public_names(tree)} | {
            name.lower() for name in trees
        }
        for name, tree in trees.items():
            faults += [f"{name} [{target}] {fault}" for fault in _tree_faults(tree, shared)]
    return sorted(set(faults))


def _text_faults(name: str, source: str) -> Iterator[str]:
    odd = sorted({letter for letter in source if not (letter in "\r\n\t" or " " <= letter <= "~")})
    if odd:
        yield f"{name}: not ASCII: {''.join(odd)!r}"
    continued = 0
    for number, line in enumerate(source.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            yield f"{name}:{number}: line too long"
        continued = continued + 1 if line.rstrip().endswith(" _") else 0
        if continued > MOST_CONTINUATIONS:
            yield f"{name}:{number}: too many continuations"
    if not re.search(r"(?m)^Option Explicit\r?$", source):
        yield f"{name}: no Option Explicit"
    if not source.startswith(f'Attribute VB_Name = "{name}"'):
        yield f"{name}: VB_Name is another"


def _walk(node: object) -> Iterator[Any]:
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        yield node
        for field in dataclasses.fields(node):
            yield from _walk(getattr(node, field.name))
    elif isinstance(node, (list, tuple)):
        for item in node:
            yield from _walk(item)


def _kind(node: object) -> str:
    return type(node).__name__


def _declared(nodes: object) -> list[str]:
    """Names declared by Dim and Const below a node, ReDim left out, in lower case."""
    again = {id(item) for node in _walk(nodes) if _kind(node) == "ReDim" for item in _walk(node)}
    names = []
    for node in _walk(nodes):
        if _kind(node) == "VarDecl" and id(node) not in again:
            names.append(node.name.lower())
        elif _kind(node) == "ConstDecl":
            names += [name.lower() for name, *_ in node.names]
    return names


def _public_names(tree: Any) -> set[str]:
    declarations = [*tree.variables, *tree.constants]
    return {item.name.lower() for item in [*tree.procedures, *tree.declares]} | set(_declared(declarations))


def _tree_faults(tree: Any, shared: set[str]) -> Iterator[str]:
    seen = set()
    for procedure in tree.procedures:
        key = (procedure.name.lower(), procedure.kind if procedure.is_property else "")
        if key in seen:
            yield f"{procedure.name}: declared twice"
        seen.add(key)
        for fault in _procedure_faults(procedure, shared):
            yield f"{procedure.name}: {fault}"


def _procedure_faults(procedure: Any, shared: set[str]) -> Iterator[str]:
    own = [procedure.name.lower(), *(item.name.lower() for item in procedure.params)]
    own += _declared(procedure.body)
    yield from (f"{name} is declared twice" for name in sorted({name for name in own if own.count(name) > 1}))
    nodes = list(_walk([*procedure.params, *procedure.body]))
    labels = {node.name.lower() for node in nodes if _kind(node) == "Label"}
    known = set(own) | shared | _KNOWN
    for node in nodes:
        declared = getattr(node, "declared", "").rpartition(".")[2].lower()
        if declared and declared not in _TYPES:
            yield f"unknown type {node.declared}"
        match _kind(node):
            case "GoTo" | "OnError" | "Resume" if getattr(node, "label", "") not in _NO_LABEL:
                if node.label.lower() not in labels:
                    yield f"no label {node.label}"
            case "ExitStmt" if node.what.lower() in ("sub", "function"):
                if node.what.lower() != procedure.kind and not procedure.is_property:
                    yield f"Exit {node.what} in a {procedure.kind}"
            case "Name" if not _is_known(node.name, known):
                yield f"{node.name} is not declared"


def _is_known(name: str, known: set[str]) -> bool:
    word = name.lower().rstrip("$%&!#@")
    return word in known or word in INTRINSICS or word in members_of("Global", "excel")
