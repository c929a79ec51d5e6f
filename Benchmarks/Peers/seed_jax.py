"""The preset original in JAX: an epoch and the sampler are one compiled call each, with a scan over steps.

usage: seed_jax.py serve | first-step | run [--tuned]; --help lists the options
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

import peer
from peer import BATCH, BETA_1, BETA_2, EPSILON, HIDDEN, LEARNING_RATE, MAXIMUM_NORM, STEPS

BETA = peer.schedule()
ALPHA = 1 - BETA
ALPHA_BAR = np.cumprod(ALPHA)
SIGNAL = jnp.asarray(np.sqrt(ALPHA_BAR), jnp.float32)
NOISE = jnp.asarray(np.sqrt(1 - ALPHA_BAR), jnp.float32)

# If tuned, YNNPACK computes matrix products: the large ones of the sampler take two thirds of the time.
TUNED_OPTIONS = {"xla_cpu_experimental_ynn_fusion_type": "LIBRARY_FUSION_TYPE_DOT"}

# A list of layers, or one vector of all parameters.
Parameters = Any


def initial_layers(key: jax.Array) -> list[dict[str, jax.Array]]:
    widths = [2, HIDDEN, HIDDEN, HIDDEN, 2]
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        key, weight, bias, scale = jax.random.split(key, 4)
        bound = inputs**-0.5
        layers.append({
            "weight": jax.random.uniform(weight, (inputs, outputs), minval=-bound, maxval=bound),
            "bias": jax.random.uniform(bias, (outputs,), minval=-bound, maxval=bound),
            "scale": jax.random.uniform(scale, (STEPS, outputs)),
        })
    del layers[-1]["scale"]
    return layers


def identity(layers: Parameters) -> Parameters:
    return layers


def short_softplus(x: jax.Array) -> jax.Array:
    """Return softplus like jax.nn.softplus, which also handles infinities and takes longer."""
    return jnp.maximum(x, 0) + jnp.log1p(jnp.exp(-jnp.abs(x)))


@dataclass(frozen=True)
class Network:
    """The layout of the layers in the parameters, and the implementation of softplus."""

    layers_of: Callable[[Parameters], list[dict[str, jax.Array]]]
    softplus: Callable[[jax.Array], jax.Array]

    def estimate(self, parameters: Parameters, x: jax.Array, t: jax.Array) -> jax.Array:
        """Return the estimated noise in `x`; `t` has a timestep for each row, or one for all."""
        *hidden, last = self.layers_of(parameters)
        for layer in hidden:
            x = self.softplus(layer["scale"][t] * (x @ layer["weight"] + layer["bias"]))
        return x @ last["weight"] + last["bias"]

    def loss(
        self, parameters: Parameters, x: jax.Array, t: jax.Array, noise: jax.Array,
    ) -> jax.Array:
        noisy = x * SIGNAL[t][:, None] + noise * NOISE[t][:, None]
        return jnp.mean((noise - self.estimate(parameters, noisy, t)) ** 2)


def adam(state: tuple, gradient: Parameters) -> tuple:
    """Return the next state of Adam, with the gradient clipped by its norm."""
    parameters, first, second, count = state
    norm = jnp.sqrt(sum(jnp.vdot(g, g) for g in jax.tree.leaves(gradient)))
    clip = jnp.minimum(1, MAXIMUM_NORM / (norm + 1e-6))
    count = count + 1
    scale_1, scale_2 = 1 - BETA_1**count, 1 - BETA_2**count
    gradient = jax.tree.map(lambda g: g * clip, gradient)
    first = jax.tree.map(lambda m, g: BETA_1 * m + (1 - BETA_1) * g, first, gradient)
    second = jax.tree.map(lambda v, g: BETA_2 * v + (1 - BETA_2) * g**2, second, gradient)
    parameters = jax.tree.map(
        lambda p, m, v: p - LEARNING_RATE * (m / scale_1) / (jnp.sqrt(v / scale_2) + EPSILON),
        parameters, first, second)
    return parameters, first, second, count


@partial(jax.jit, static_argnums=0, donate_argnums=(1, 2))
def epoch(network: Network, state: tuple, key: jax.Array, data: jax.Array) -> tuple:
    """Train for an epoch, without its last, smaller batch; return the state, the key and the mean loss."""
    steps = len(data) // BATCH
    key, order_key, time_key, noise_key = jax.random.split(key, 4)
    order = jax.random.permutation(order_key, len(data))[: steps * BATCH].reshape(steps, BATCH)
    times = jax.random.randint(time_key, (steps, BATCH), 0, STEPS)
    noise = jax.random.normal(noise_key, (steps, BATCH, 2))

    def step(state: tuple, batch: tuple) -> tuple:
        rows, t, e = batch
        value, gradient = jax.value_and_grad(network.loss)(state[0], data[rows], t, e)
        return adam(state, gradient), value

    state, losses = jax.lax.scan(step, state, (order, times, noise))
    return state, key, losses.mean()


def sample(network: Network, parameters: Parameters, key: jax.Array, count: int) -> jax.Array:
    start_key, noise_key = jax.random.split(key)
    scale = jnp.asarray(1 / np.sqrt(ALPHA), jnp.float32)
    factor = jnp.asarray(BETA / np.sqrt(1 - ALPHA_BAR), jnp.float32)
    deviation = jnp.asarray(np.sqrt(BETA), jnp.float32)

    def step(x: jax.Array, inputs: tuple) -> tuple:
        t, key = inputs
        mean = scale[t] * (x - factor[t] * network.estimate(parameters, x, t))
        return mean + deviation[t] * jax.random.normal(key, x.shape), None

    keys = jax.random.split(noise_key, STEPS)
    start = jax.random.normal(start_key, (count, 2))
    return jax.lax.scan(step, start, (jnp.arange(STEPS)[::-1], keys))[0]


class Program:
    def __init__(self, options: argparse.Namespace, data: np.ndarray) -> None:
        self.data = jnp.asarray(data)
        parameters: Parameters = initial_layers(jax.random.key(0))
        layers_of = identity
        # On several threads, one vector is slower than a list of layers.
        if options.tuned and options.threads == 1:
            parameters, layers_of = ravel_pytree(parameters)
        self.network = Network(layers_of, short_softplus if options.tuned else jax.nn.softplus)
        self.draw = jax.jit(
            sample, static_argnums=(0, 3),
            compiler_options=TUNED_OPTIONS if options.tuned else None)
        # Each needs its own memory, to be donated.
        first, second = (jax.tree.map(jnp.zeros_like, parameters) for _ in range(2))
        self.state = (parameters, first, second, jnp.zeros(()))
        self.key = jax.random.key(1)

    def train(self, epochs: int) -> tuple[int, float]:
        for _ in range(epochs):
            self.state, self.key, value = epoch(self.network, self.state, self.key, self.data)
        return epochs * (len(self.data) // BATCH), float(value)

    def sample(self, count: int) -> np.ndarray:
        return np.asarray(self.draw(self.network, self.state[0], jax.random.key(2), count))


if __name__ == "__main__":
    peer.main(Program)
