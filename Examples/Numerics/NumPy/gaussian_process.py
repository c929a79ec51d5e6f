import numpy as np
from data import uniform


def matern(a, b, length=0.5):
    """The Matérn 3/2 kernel."""
    r = np.sqrt(((a[:, None] - b) ** 2).sum(axis=2)) * (np.sqrt(3) / length)
    return (1 + r) * np.exp(-r)


x = uniform(200, 2)
y = np.sin(6 * x[:, :1]) + x[:, 1:] ** 2
grid = uniform(10, 2, seed=1) * 1.5

noise = 1e-10
l = np.linalg.cholesky(matern(x, x) + noise * np.eye(len(x)))
alpha = np.linalg.solve(l.T, np.linalg.solve(l, y))
k = matern(grid, x)
mean = k @ alpha
v = np.linalg.solve(l, k.T)
variance = 1 - (v**2).sum(axis=0)
evidence = -(y * alpha).sum() / 2 - np.log(l.diagonal()).sum() - len(x) / 2 * np.log(2 * np.pi)

print("mean", mean.ravel().tolist())
print("variance", variance.tolist())
print("log evidence", evidence)
