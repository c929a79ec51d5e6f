import numpy as np
from data import uniform

x = 2 * uniform(200, 3) - 1
y = np.sin(3 * x[:, :1]) * x[:, 1:2]

w1, b1 = uniform(3, 16, seed=1) - 0.5, np.zeros((1, 16))
w2, b2 = uniform(16, 1, seed=2) - 0.5, np.zeros((1, 1))
rate = 0.1
for _ in range(500):
    h = np.tanh(x @ w1 + b1)
    g = 2 / len(x) * (h @ w2 + b2 - y)
    gh = g @ w2.T * (1 - h**2)
    w1 -= rate * (x.T @ gh)
    b1 -= rate * gh.sum(axis=0)
    w2 -= rate * (h.T @ g)
    b2 -= rate * g.sum(axis=0)
predictions = np.tanh(x @ w1 + b1) @ w2 + b2

print("loss", ((predictions - y) ** 2).mean())
print("w1", w1[0].tolist())
print("b2", b2.item())
