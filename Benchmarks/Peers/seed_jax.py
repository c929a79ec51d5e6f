"""The seed's program in JAX: an epoch is one compiled call, its steps a scan.

usage: seed_jax.py serve | first-step | run; --help tells the options
"""

from __future__ import annotations

import argparse
from functools import partial

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

# Matrix products by YNNPACK: the sampler's large ones take two thirds of the time.
SAMPLER_OPTIONS = {"xla_cpu_experimental_ynn_fusion_type": "LIBRARY_FUSION_TYPE_DOT"}


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


INITIAL, LAYERS_OF = ravel_pytree(initial_layers(jax.random.key(0)))


def softplus(x: jax.Array) -> jax.Array:
    """As jax.nn.softplus, which also cares for infinities and takes longer."""
    return jnp.maximum(x, 0) + jnp.log1p(jnp.exp(-jnp.abs(x)))


def estimate(parameters: jax.Array, x: jax.Array, t: jax.Array) -> jax.Array:
    """The noise in `x`, whose rows have timesteps `t` of their own, or one for all."""
    *hidden, last = LAYERS_OF(parameters)
    for layer in hidden:
        x = softplus(layer["scale"][t] * (x @ layer["weight"] + layer["bias"]))
    return x @ last["weight"] + last["bias"]


def loss(parameters: jax.Array, x: jax.Array, t: jax.Array, noise: jax.Array) -> jax.Array:
    noisy = x * SIGNAL[t][:, None] + noise * NOISE[t][:, None]
    return jnp.mean((noise - estimate(parameters, noisy, t)) ** 2)


def adam(state: tuple, gradient: jax.Array) -> tuple:
    """Adam's next state, with the gradient clipped by its norm."""
    parameters, first, second, count = state
    norm = jnp.sqrt(jnp.vdot(gradient, gradient))
    gradient = gradient * jnp.minimum(1, MAXIMUM_NORM / (norm + 1e-6))
    count = count + 1
    first = BETA_1 * first + (1 - BETA_1) * gradient
    second = BETA_2 * second + (1 - BETA_2) * gradient**2
    step = (first / (1 - BETA_1**count)) / (jnp.sqrt(second / (1 - BETA_2**count)) + EPSILON)
    return parameters - LEARNING_RATE * step, first, second, count


@partial(jax.jit, donate_argnums=(0, 1))
def epoch(state: tuple, key: jax.Array, data: jax.Array) -> tuple:
    """An epoch without its last, smaller batch: state, key and mean loss after it."""
    steps = len(data) // BATCH
    key, order_key, time_key, noise_key = jax.random.split(key, 4)
    order = jax.random.permutation(order_key, len(data))[: steps * BATCH].reshape(steps, BATCH)
    times = jax.random.randint(time_key, (steps, BATCH), 0, STEPS)
    noise = jax.random.normal(noise_key, (steps, BATCH, 2))

    def step(state: tuple, batch: tuple) -> tuple:
        rows, t, e = batch
        value, gradient = jax.value_and_grad(loss)(state[0], data[rows], t, e)
        return adam(state, gradient), value

    state, losses = jax.lax.scan(step, state, (order, times, noise))
    return state, key, losses.mean()


@partial(jax.jit, static_argnums=2, compiler_options=SAMPLER_OPTIONS)
def sample(parameters: jax.Array, key: jax.Array, count: int) -> jax.Array:
    start_key, noise_key = jax.random.split(key)
    scale = jnp.asarray(1 / np.sqrt(ALPHA), jnp.float32)
    factor = jnp.asarray(BETA / np.sqrt(1 - ALPHA_BAR), jnp.float32)
    deviation = jnp.asarray(np.sqrt(BETA), jnp.float32)

    def step(x: jax.Array, inputs: tuple) -> tuple:
        t, key = inputs
        mean = scale[t] * (x - factor[t] * estimate(parameters, x, t))
        return mean + deviation[t] * jax.random.normal(key, x.shape), None

    keys = jax.random.split(noise_key, STEPS)
    start = jax.random.normal(start_key, (count, 2))
    return jax.lax.scan(step, start, (jnp.arange(STEPS)[::-1], keys))[0]


class Program:
    def __init__(self, options: argparse.Namespace, data: np.ndarray) -> None:
        self.data = jnp.asarray(data)
        # Each needs memory of its own, to be donated.
        self.state = (
            jnp.array(INITIAL), jnp.zeros_like(INITIAL), jnp.zeros_like(INITIAL), jnp.zeros(()))
        self.key = jax.random.key(1)

    def train(self, epochs: int) -> tuple[int, float]:
        for _ in range(epochs):
            self.state, self.key, value = epoch(self.state, self.key, self.data)
        return epochs * (len(self.data) // BATCH), float(value)

    def sample(self, count: int) -> np.ndarray:
        return np.asarray(sample(self.state[0], jax.random.key(2), count))


if __name__ == "__main__":
    peer.main(Program)
