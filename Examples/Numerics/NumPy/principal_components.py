import numpy as np
from data import uniform

x = uniform(500, 6) @ uniform(6, 6, seed=1)

centered = x - x.mean(axis=0)
u, s, vt = np.linalg.svd(centered, full_matrices=False)
variances = s**2 / (len(x) - 1)
scores = centered @ vt[:2].T
rebuilt = scores @ vt[:2] + x.mean(axis=0)

print("explained", (variances / variances.sum()).tolist())
print("scores", np.abs(scores[:5]).tolist())  # the signs of the components are arbitrary
print("largest error", np.abs(x - rebuilt).max())
