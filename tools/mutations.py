"""Small faults in Python source: what a slip of the hand makes of a comparison, a number or a list of codes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
JOINED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
PAIRS = [
    ("is_null", "is_not_null"),
    ("any", "all"),
    ("any_of", "all_of"),
    ("any_horizontal", "all_horizontal"),
    ("min", "max"),
    ("min_horizontal", "max_horizontal"),
    ("first", "last"),
    ("head", "tail"),
    ("cum_min", "cum_max"),
    ("forward_fill", "backward_fill"),
]
CALLED = dict(PAIRS) | {after: before for before, after in PAIRS}
DROPPED = {
    *("unique", "drop_nulls", "fill_null", "sort", "reverse", "abs", "not_"),
    *("strip", "lstrip", "rstrip", "lower", "upper", "casefold", "strip_chars", "to_lowercase", "to_uppercase"),
}
"""Methods without which a value is much the same."""
TEXTS = {"left": "inner", "inner": "left"}
"""How two frames are joined."""
HINTS = {"strict", "maintain_order", "check_sortedness", "coalesce", "nulls_last", "key"}
"""Keywords of calls that guard against what does not happen, or hold an order that small frames keep anyway."""
UNREAD = {"annotation", "returns", "decorator_list", "type_params", "bases"}
"""Fields of a node that hold no behaviour."""
SHOWN = 100


@dataclass(frozen=True)
class Fault:
    """A change of a module, told by where it stands and what it does."""

    number: int
    line: int
    within: str
    """The function or class, or the empty text."""
    change: str


@dataclass(frozen=True)
class _Place:
    owner: ast.AST
    field: str
    index: int | None
    within: str

    def put(self, node: ast.AST) -> ast.AST:
        """Put a node here; what stood here before."""
        if self.index is None:
            before = getattr(self.owner, self.field)
            setattr(self.owner, self.field, node)
            return before
        held = getattr(self.owner, self.field)
        before, held[self.index] = held[self.index], node
        return before


def faults(text: str) -> list[Fault]:
    """Every fault that can be made in a module, in the order of its lines."""
    return [
        Fault(number, node.lineno, place.within, _told(place, node, other))
        for number, (place, node, other) in enumerate(_changes(ast.parse(text)))
    ]


def with_fault(text: str, number: int) -> str:
    """The module with one of its faults."""
    tree = ast.parse(text)
    place, _, other = next(change for n, change in enumerate(_changes(tree)) if n == number)
    place.put(other)
    return ast.unparse(ast.fix_missing_locations(tree))


def _told(place: _Place, node: ast.AST, other: ast.AST) -> str:
    """The change in words: of the call or comparison that it stands in, where that is short."""
    whole = place.owner
    shown = whole if isinstance(whole, ast.expr | ast.keyword) and len(ast.unparse(whole)) <= SHOWN else node
    before = ast.unparse(shown)
    place.put(other)
    after = ast.unparse(other if shown is node else shown)
    place.put(node)
    return f"{_short(before)} -> {_short(after)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}..."


def _changes(tree: ast.Module) -> Iterator[tuple[_Place, ast.AST, ast.AST]]:
    for place, node in _nodes(tree, ""):
        for other in _instead(place, node):
            yield place, node, other


def _nodes(owner: ast.AST, within: str) -> Iterator[tuple[_Place, ast.AST]]:
    """Every node that can be changed, with its place."""
    for field, held in ast.iter_fields(owner):
        if field in UNREAD:
            continue
        for index, node in enumerate(held if isinstance(held, list) else [held]):
            if not isinstance(node, ast.AST) or _is_unread(node):
                continue
            place = _Place(owner, field, index if isinstance(held, list) else None, within)
            if hasattr(node, "lineno"):
                yield place, node
            name = getattr(node, "name", None) if isinstance(node, ast.FunctionDef | ast.ClassDef) else None
            yield from _nodes(node, f"{within}.{name}".lstrip(".") if name else within)


def _is_unread(node: ast.AST) -> bool:
    """What is only for readers and type checkers, or words of a message."""
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.JoinedStr():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__" | "msg")]) | ast.Import() | ast.ImportFrom():
            return True
        case ast.keyword(arg=name):
            return name in HINTS
        case ast.Call(func=ast.Name(id="cast" | "TypeVar")) | ast.Subscript(value=ast.Name(id="Literal")):
            return True
    return False


def _instead(place: _Place, node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of a node by a slip."""
    match node:
        case ast.Compare(ops=[operator]):
            yield _copy(node, ops=[COMPARED[type(operator)]()])
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator) if type(operator) in JOINED:
            yield _copy(node, op=JOINED[type(operator)]())
        case ast.UnaryOp(op=ast.Not() | ast.Invert() | ast.USub(), operand=inner):
            yield inner
        case ast.Constant(value=bool(value)):
            yield _copy(node, value=not value)
        case ast.Constant(value=int(value) | float(value)):
            yield _copy(node, value=value + 1)
            yield _copy(node, value=value - 1)
        case ast.Constant(value=str(value)) if isinstance(place.owner, ast.keyword) and place.owner.arg == "how":
            yield _copy(node, value=TEXTS.get(value, "left"))
        case ast.Call(func=func):
            yield from _calls(node, func)
        case ast.Set() | ast.List() | ast.Tuple():
            yield from _fewer(node)
        case ast.stmt():
            yield from _statements(node)
    if isinstance(node, ast.expr) and place.field in ("test", "ifs") and _is_plain(node):
        yield ast.UnaryOp(ast.Not(), node)


def _is_plain(test: ast.expr) -> bool:
    """A condition that no other change turns round."""
    turned = isinstance(test, ast.UnaryOp) or (isinstance(test, ast.Compare) and len(test.ops) == 1)
    return not turned and not isinstance(test, ast.Constant)


def _calls(node: ast.Call, func: ast.expr) -> Iterator[ast.AST]:
    match func:
        case ast.Attribute(attr=name) if name in CALLED:
            yield _copy(node, func=_copy(func, attr=CALLED[name]))
        case ast.Name(id=name) if name in CALLED:
            yield _copy(node, func=_copy(func, id=CALLED[name]))
        case ast.Attribute(attr=name, value=value) if name in DROPPED:
            yield value


def _fewer(node: ast.Set | ast.List | ast.Tuple) -> Iterator[ast.AST]:
    """A list of codes without one of them."""
    least = 1 if isinstance(node, ast.Set) else 2
    are_texts = all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in node.elts)
    if are_texts and len(node.elts) >= least and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        for gone in range(len(node.elts)):
            yield _copy(node, elts=[each for n, each in enumerate(node.elts) if n != gone])


def _statements(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield _copy(node, value=ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign() | ast.Raise():
            yield ast.copy_location(ast.Pass(), node)
        case ast.Break():
            yield ast.copy_location(ast.Continue(), node)
        case ast.Continue():
            yield ast.copy_location(ast.Break(), node)


def _copy(node: ast.AST, **changed: object) -> ast.AST:
    fields = {**dict(ast.iter_fields(node)), **changed}
    return ast.copy_location(type(node)(**fields), node)
