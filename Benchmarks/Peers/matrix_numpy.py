"""NumPy's operations on matrices; see matrix_peer.py."""

from __future__ import annotations

import numpy as np

from matrix_peer import Operands, Operation, serve


def find(name: str, operands: Operands) -> Operation | None:
    make = MAKERS.get(name)
    return make(operands) if make else None


def of(function, operand: str = "a"):
    """Return a maker of the operation `function` on one operand."""
    def make(operands: Operands) -> Operation:
        a = getattr(operands, operand)()
        return lambda: function(a)
    return make


def of_two(function, first: str = "a", second: str = "b"):
    """Return a maker of the operation `function` on two operands."""
    def make(operands: Operands) -> Operation:
        a, b = getattr(operands, first)(), getattr(operands, second)()
        return lambda: function(a, b)
    return make


def choose(operands: Operands) -> Operation:
    a, b = operands.a(), operands.b()
    mask = a > 0
    return lambda: np.where(mask, a, b)


def least_squares(operands: Operands) -> Operation:
    a, b = operands.overdetermined()
    return lambda: np.linalg.lstsq(a, b)


def stack_product(operands: Operands) -> Operation:
    a, b = operands.stack(1), operands.stack(2)
    return lambda: np.matmul(a, b)


def stack_cholesky(operands: Operands) -> Operation:
    a = operands.definite(4096)
    return lambda: np.linalg.cholesky(a)


MAKERS = {
    "create": of(lambda a: np.array(a)),
    "transpose": of(lambda a: np.ascontiguousarray(a.T)),
    "halve": of(lambda a: a / 2),
    "add": of_two(lambda a, b: a + b),
    "map": of(lambda a: a * a + 1),
    "compare": of(lambda a: a > 0),
    "where": choose,
    "exp": of(np.exp),
    "log": of(np.log, "positive"),
    "tanh": of(np.tanh),
    "sqrt": of(np.sqrt, "positive"),
    "sum": of(np.sum),
    "row-sums": of(lambda a: a.sum(axis=1)),
    "column-sums": of(lambda a: a.sum(axis=0)),
    "variance": of(np.var),
    "maximum": of(np.max),
    "argmax": of(np.argmax),
    "row-argmax": of(lambda a: a.argmax(axis=1)),
    "cumulative": of(lambda a: a.cumsum(axis=1)),
    "sort": of(lambda a: np.sort(a, axis=1)),
    "product": of_two(lambda a, b: a @ b),
    "product-transposed": of_two(lambda a, b: a.T @ b),
    "product-vector": of_two(lambda a, x: a @ x, "a", "vector"),
    "stack-product": stack_product,
    "cholesky": of(np.linalg.cholesky, "definite"),
    "qr": of(np.linalg.qr),
    "svd": of(lambda a: np.linalg.svd(a, full_matrices=False)),
    "symmetric-eigen": of(np.linalg.eigh, "definite"),
    "eigen": of(np.linalg.eig),
    "least-squares-svd": least_squares,
    "solve": of_two(np.linalg.solve, "regular", "vector"),
    "inverse": of(np.linalg.inv, "regular"),
    "stack-cholesky": stack_cholesky,
    # NumPy has no LU factorization; the determinant is the nearest.
    "stack-lu": lambda operands: of(np.linalg.slogdet, "stack")(operands),
}

if __name__ == "__main__":
    serve({"version": np.__version__}, find)
