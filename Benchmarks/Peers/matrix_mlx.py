"""The operations of MLX's CPU backend; see matrix_peer.py."""

from __future__ import annotations

from importlib import metadata

import mlx.core as mx
import numpy as np

from matrix_peer import Operands, Operation, serve


def array(values: np.ndarray) -> mx.array:
    """Return `values` as an array of the same type; MLX makes them float32 by default."""
    return mx.array(values, mx.float32 if values.dtype == np.float32 else mx.float64)


def find(name: str, operands: Operands) -> Operation | None:
    if name == "create":
        values = operands.a()
        return lambda: mx.eval(array(values))
    make = MAKERS.get(name)
    if not make:
        return None
    function, *names = make
    if name == "stack-product":
        values = [operands.stack(1), operands.stack(2)]
    elif name == "stack-cholesky":
        values = [operands.definite(4096)]
    elif name == "solve":
        values = [operands.regular(), operands.vector()]
    else:
        values = [getattr(operands, operand)() for operand in names]
    arrays = [array(value) for value in values]
    mx.eval(arrays)
    if name == "where":
        arrays.insert(0, arrays[0] > 0)
        mx.eval(arrays)
    return lambda: mx.eval(function(*arrays))


MAKERS = {
    "transpose": (lambda a: mx.contiguous(a.T), "a"),
    "halve": (lambda a: a / 2, "a"),
    "add": (lambda a, b: a + b, "a", "b"),
    "map": (lambda a: a * a + 1, "a"),
    "compare": (lambda a: a > 0, "a"),
    "where": (mx.where, "a", "b"),
    "exp": (mx.exp, "a"),
    "log": (mx.log, "positive"),
    "tanh": (mx.tanh, "a"),
    "sqrt": (mx.sqrt, "positive"),
    "sum": (mx.sum, "a"),
    "row-sums": (lambda a: a.sum(axis=1), "a"),
    "column-sums": (lambda a: a.sum(axis=0), "a"),
    "variance": (mx.var, "a"),
    "maximum": (mx.max, "a"),
    "argmax": (mx.argmax, "a"),
    "row-argmax": (lambda a: mx.argmax(a, axis=1), "a"),
    "cumulative": (lambda a: mx.cumsum(a, axis=1), "a"),
    "sort": (lambda a: mx.sort(a, axis=1), "a"),
    "product": (lambda a, b: a @ b, "a", "b"),
    "product-transposed": (lambda a, b: a.T @ b, "a", "b"),
    "product-vector": (lambda a, x: a @ x, "a", "vector"),
    "stack-product": (mx.matmul,),
    "stack-cholesky": (mx.linalg.cholesky,),
    "stack-lu": (mx.linalg.lu_factor, "stack"),
    "cholesky": (mx.linalg.cholesky, "definite"),
    "lu": (mx.linalg.lu_factor, "regular"),
    "qr": (mx.linalg.qr, "a"),
    "svd": (mx.linalg.svd, "a"),
    "symmetric-eigen": (mx.linalg.eigh, "definite"),
    "eigen": (mx.linalg.eig, "a"),
    "solve": (mx.linalg.solve,),
    "inverse": (mx.linalg.inv, "regular"),
}

if __name__ == "__main__":
    mx.set_default_device(mx.cpu)
    serve({"version": metadata.version("mlx")}, find)
