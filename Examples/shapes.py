"""Draw shapes.npy, 900 gray images of 8 × 8 pixels with gray levels from 0 to 16, and shapes-labels.npy, their
labels: 0 is a ring, 1 a cross and 2 a bar. Position, angle, size and brightness vary."""

import numpy as np

random = np.random.default_rng(1)
# A grid of 4 × 4 points in each pixel.
y, x = (np.mgrid[0:32, 0:32] + 0.5) / 4


def ring(x, y, size):
    return np.abs(np.hypot(x, y) - size) < 0.55


def cross(x, y, size):
    return (np.minimum(np.abs(x), np.abs(y)) < 0.55) & (np.maximum(np.abs(x), np.abs(y)) < size)


def bar(x, y, size):
    return (np.abs(x) < 0.7) & (np.abs(y) < size)


images, labels = [], []
for index in range(900):
    label = index % 3
    middle = 4 + random.uniform(-0.8, 0.8, 2)
    angle = random.normal(0, 0.25)
    right, down = x - middle[0], y - middle[1]
    turned = np.cos(angle) * right + np.sin(angle) * down, np.cos(angle) * down - np.sin(angle) * right
    drawn = [ring, cross, bar][label](*turned, random.uniform(2, 3))
    share = drawn.reshape(8, 4, 8, 4).mean(axis=(1, 3))
    images.append(np.round(share * random.uniform(11, 16)))
    labels.append(label)
np.save("shapes.npy", np.array(images, np.uint8))
np.save("shapes-labels.npy", np.array(labels, np.uint8))
