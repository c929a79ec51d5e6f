"""SciPy's factorizations; see matrix_peer.py."""

from __future__ import annotations

import scipy
from scipy import linalg

from matrix_peer import Operands, Operation, serve


def find(name: str, operands: Operands) -> Operation | None:
    """Return the operation with SciPy's defaults, which check that all elements are finite."""
    match name:
        case "cholesky":
            a = operands.definite()
            return lambda: linalg.cholesky(a, lower=True)
        case "lu":
            a = operands.regular()
            return lambda: linalg.lu_factor(a)
        case "qr":
            a = operands.a()
            return lambda: linalg.qr(a, mode="economic")
        case "svd":
            a = operands.a()
            return lambda: linalg.svd(a, full_matrices=False)
        case "symmetric-eigen":
            a = operands.definite()
            return lambda: linalg.eigh(a)
        case "eigen":
            a = operands.a()
            return lambda: linalg.eig(a)
        case "least-squares-qr":
            a, b = operands.overdetermined()
            return lambda: linalg.lstsq(a, b, lapack_driver="gelsy")
        case "least-squares-svd":
            a, b = operands.overdetermined()
            return lambda: linalg.lstsq(a, b)
        case "solve":
            a, b = operands.regular(), operands.vector()
            return lambda: linalg.solve(a, b)
        case "inverse":
            a = operands.regular()
            return lambda: linalg.inv(a)
    return None


if __name__ == "__main__":
    serve({"version": scipy.__version__}, find)
