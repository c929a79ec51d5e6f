import numpy as np
from data import uniform

b = uniform(50, 50)
a = b + b.T

v = np.ones((50, 1))
for _ in range(200):
    v = a @ v
    v /= np.linalg.norm(v)
eigenvalue = (v * (a @ v)).sum()
residual = np.linalg.norm(a @ v - eigenvalue * v)

print("eigenvalue", eigenvalue)
print("converged", residual < 1e-12)
print("largest of all", np.linalg.eigvalsh(a).max())
print("vector", v[:5].ravel().tolist())
