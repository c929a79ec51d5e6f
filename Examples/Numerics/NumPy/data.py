import numpy as np


def uniform(rows, columns, seed=0):
    """Numbers on [0, 1) from integer arithmetic: the same bits as `uniform` in Sources/Data.swift."""
    k = np.arange(rows * columns).reshape(rows, columns) + 10_007 * seed
    return (k * k % 1_000_003 * 7_919 + k * 104_729) % 1_000_003 / 1_000_003
