import numpy as np
from data import uniform

x = uniform(2000, 2) + np.floor(4 * uniform(2000, 2, seed=1))

centers = x[::500]
for _ in range(20):
    labels = ((x[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
    centers = np.array([x[labels == k].mean(axis=0) for k in range(4)])

print("centers", centers.tolist())
print("sizes", np.bincount(labels).tolist())
print("inertia", ((x - centers[labels]) ** 2).sum())
