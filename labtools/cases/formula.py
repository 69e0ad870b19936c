"""Model formulas as R writes them ("y ~ post * t + offset(log(n))"), to columns and their names.

A formula becomes a Python expression (":" as "@", "^" as "**", dots of names as "_"), whose tree is read here and
never run. Known: + - * : ( ), numbers, pi, log exp sqrt sin cos, I, factor, harmonic, offset, cbind, (1 | site).
"""

import ast
import re
from typing import NamedTuple

import numpy as np

from labengines.spc.errors import MissingColumn, Unknown

FUNCTIONS = {"log": np.log, "exp": np.exp, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos, "I": np.asarray}
ARITHMETIC = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
}
ALSO = {"t": "time", "time": "t", "post": "after", "n": "denominator"}  # what a column may be called instead
INTERCEPT = "(Intercept)"


class Model(NamedTuple):
    """response: its tree. terms: tuples of trees multiplied together. offsets: trees. group: name or None."""

    response: ast.AST
    terms: tuple
    intercept: bool
    offsets: tuple
    group: str | None


def read(text):
    """Model of the formula at the start of a text; raises Unknown where it is not understood."""
    try:
        response, right = (_tree(side) for side in _formula(text).split("~"))
    except (SyntaxError, ValueError):
        raise Unknown(field="model", value=text, choices=("y ~ post + t",)) from None
    found = {"terms": [], "intercept": True, "offsets": [], "group": None}
    for term in _expanded(right):
        _sort(term, found)
    found["terms"] = _in_order(found["terms"])
    return Model(response, **found | {"offsets": tuple(found["offsets"])})


def columns(model, data):
    """(names, matrix (n, p)) of a Model on {name: column}."""
    rows = len(next(iter(data.values())))
    found = {INTERCEPT: np.ones(rows)} if model.intercept else {}
    for term in model.terms:
        found |= _product([_levels(factor, data) for factor in term])
    return list(found), np.column_stack(list(found.values()))


def value(node, data):
    """The array that an expression (a tree or its text) gives on {name: column}."""
    if isinstance(node, str):
        node = _tree(node)
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return np.pi if node.id == "pi" else _column(node.id, data)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -value(node.operand, data)
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        return ARITHMETIC[type(node.op)](value(node.left, data), value(node.right, data))
    if _called(node) in FUNCTIONS:
        return FUNCTIONS[_called(node)](value(node.args[0], data))
    raise Unknown(field="model", value=ast.unparse(node), choices=tuple(FUNCTIONS))


def events(model, data):
    """(counts, trials or None) of a response that may be cbind(events, rest) or events / trials."""
    node = model.response
    if _called(node) == "cbind":
        counts, rest = (value(part, data) for part in node.args)
        return counts, counts + rest
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return value(node.left, data), value(node.right, data)
    return value(node, data), None


def _formula(text):
    """The text up to the first comma outside brackets, in Python's signs."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            text = text[:place]
            break
    return text


def _tree(text):
    text = re.sub(r"(?<=[A-Za-z])\.(?=[A-Za-z])", "_", text).replace(":", "@").replace("^", "**")
    return ast.parse(text.strip(), mode="eval").body


def _expanded(node):
    """Terms as tuples of factors; ("-", term) takes one away."""
    if isinstance(node, ast.BinOp):
        left, right = node.left, node.right
        if isinstance(node.op, ast.Add):
            return _expanded(left) + _expanded(right)
        if isinstance(node.op, ast.Sub) and isinstance(right, ast.Constant):
            return [*_expanded(left), (ast.Constant(1 - right.value),)]
        if isinstance(node.op, ast.Mult | ast.MatMult):
            both = [one + other for one in _expanded(left) for other in _expanded(right)]
            return both if isinstance(node.op, ast.MatMult) else _expanded(left) + _expanded(right) + both
    return [(node,)]


def _sort(term, found):
    first = term[0]
    if isinstance(first, ast.Constant):
        found["intercept"] = bool(first.value)
    elif _called(first) == "offset":
        found["offsets"].append(first.args[0])
    elif isinstance(first, ast.BinOp) and isinstance(first.op, ast.BitOr):
        found["group"] = first.right.id
    else:
        found["terms"].append(term)


def _in_order(terms):
    """Each term once, single factors first, factors in the order in which the formula first names them."""
    place = {}
    for factor in (factor for term in terms for factor in term):
        place.setdefault(_label((factor,)), len(place))
    ordered = (tuple(sorted(term, key=lambda factor: place[_label((factor,))])) for term in terms)
    return tuple(sorted({_label(term): term for term in ordered}.values(), key=len))


def _levels(node, data):
    """{name: column} of one factor of a term: itself, indicators of its later levels, or waves."""
    name = _label((node,))
    if _called(node) in ("factor", "as_factor"):
        column = value(node.args[0], data)
        return {f"{name}{level:g}": (column == level).astype(float) for level in np.unique(column)[1:]}
    if _called(node) == "harmonic":
        column, pairs, period = (value(part, data) for part in node.args)
        angles = [2 * np.pi * pair * column / period for pair in range(1, int(pairs) + 1)]
        waves = [np.sin(angle) for angle in angles] + [np.cos(angle) for angle in angles]
        return {f"{name}{number}": wave for number, wave in enumerate(waves, 1)}
    return {name: np.asarray(value(node, data), dtype=float)}


def _product(factors):
    found = factors[0]
    for other in factors[1:]:
        found = {f"{a}:{b}": x * y for b, y in other.items() for a, x in found.items()}
    return found


def _label(term):
    text = ":".join(ast.unparse(factor) for factor in term)
    return text.replace(" / ", "/").replace(" ** ", "^")


def _called(node):
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None


def _column(name, data):
    for known in (name, ALSO.get(name)):
        if known in data:
            return data[known]
    raise MissingColumn(field=name, kind="model")
