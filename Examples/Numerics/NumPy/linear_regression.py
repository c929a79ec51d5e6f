import numpy as np
from data import uniform

x = uniform(1000, 5)
noise = uniform(1000, 1, seed=1) - 0.5
y = 2 + x @ np.array([[1.0], [-2], [0.5], [3], [0]]) + noise

a = np.hstack([np.ones((len(x), 1)), x])
coefficients = np.linalg.lstsq(a, y)[0]
residuals = y - a @ coefficients
sigma2 = (residuals**2).sum() / (len(a) - a.shape[1])
errors = np.sqrt(sigma2 * np.linalg.inv(a.T @ a).diagonal())
r2 = 1 - (residuals**2).sum() / ((y - y.mean()) ** 2).sum()

print("coefficients", coefficients.ravel().tolist())
print("standard errors", errors.tolist())
print("r2", r2)
