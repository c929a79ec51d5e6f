"""The preset original in PyTorch: eager, or with the whole step compiled.

usage: seed_torch.py serve | first-step | run [--compile]; --help lists the options
"""

from __future__ import annotations

import argparse

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call, grad_and_value
from torch.nn import functional

import peer
from peer import BATCH, BETA_1, BETA_2, EPSILON, HIDDEN, LEARNING_RATE, MAXIMUM_NORM, STEPS

BETA = peer.schedule()
ALPHA = 1 - BETA
ALPHA_BAR = np.cumprod(ALPHA)
SIGNAL = torch.tensor(np.sqrt(ALPHA_BAR), dtype=torch.float32)
NOISE = torch.tensor(np.sqrt(1 - ALPHA_BAR), dtype=torch.float32)


class ScaledLinear(nn.Module):
    """A linear layer whose outputs are scaled by the timestep."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.scale = nn.Embedding(STEPS, outputs)
        nn.init.uniform_(self.scale.weight)

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        return self.scale(t) * self.linear(x)


class NoiseEstimator(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        widths = [2, HIDDEN, HIDDEN, HIDDEN]
        self.hidden = nn.ModuleList(map(ScaledLinear, widths, widths[1:]))
        self.last = nn.Linear(HIDDEN, 2)

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        for layer in self.hidden:
            x = functional.softplus(layer(x, t))
        return self.last(x)


def diffuse(x: Tensor, t: Tensor, noise: Tensor) -> Tensor:
    """Return `x` at timesteps `t` of the forward process."""
    return x * SIGNAL[t].unsqueeze(1) + noise * NOISE[t].unsqueeze(1)


class Program:
    def __init__(self, options: argparse.Namespace, data: np.ndarray) -> None:
        torch.set_num_threads(options.threads)
        torch.manual_seed(0)
        self.data = torch.from_numpy(data)
        self.model = NoiseEstimator()
        self.parameters = list(self.model.parameters())
        self.optimizer = torch.optim.Adam(
            self.parameters, lr=LEARNING_RATE, betas=(BETA_1, BETA_2), eps=EPSILON, fused=True)
        self.compiled = options.compile
        if self.compiled:
            self.first = [torch.zeros_like(parameter) for parameter in self.parameters]
            self.second = [torch.zeros_like(parameter) for parameter in self.parameters]
            self.count = torch.zeros(())
        self.step = torch.compile(self.whole_step) if self.compiled else self.eager_step

    def loss(self, parameters: dict[str, Tensor], x: Tensor, t: Tensor, noise: Tensor) -> Tensor:
        estimate = functional_call(self.model, parameters, (diffuse(x, t, noise), t))
        return (noise - estimate).square().mean()

    def eager_step(self, x: Tensor, t: Tensor, noise: Tensor) -> Tensor:
        loss = (noise - self.model(diffuse(x, t, noise), t)).square().mean()
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, MAXIMUM_NORM)
        self.optimizer.step()
        return loss.detach()

    @torch.no_grad()
    def whole_step(self, x: Tensor, t: Tensor, noise: Tensor) -> Tensor:
        """Take a step as one graph, with Adam and clipping written out for the compiler to fuse."""
        named = dict(self.model.named_parameters())
        gradients, loss = grad_and_value(self.loss)(named, x, t, noise)
        norm = torch.sqrt(sum(g.square().sum() for g in gradients.values()))
        clip = (MAXIMUM_NORM / (norm + 1e-6)).clamp(max=1)
        self.count += 1
        scale_1, scale_2 = 1 - BETA_1**self.count, 1 - BETA_2**self.count
        for parameter, gradient, first, second in zip(
                named.values(), gradients.values(), self.first, self.second):
            gradient = gradient * clip
            first.mul_(BETA_1).add_(gradient, alpha=1 - BETA_1)
            second.mul_(BETA_2).addcmul_(gradient, gradient, value=1 - BETA_2)
            step = (first / scale_1) / ((second / scale_2).sqrt() + EPSILON)
            parameter -= LEARNING_RATE * step
        return loss

    def epoch(self) -> list[Tensor]:
        losses = []
        for x in self.data[torch.randperm(len(self.data))].split(BATCH):
            # Another shape would trigger a new compilation for variable shapes, which is slower.
            if self.compiled and len(x) < BATCH:
                continue
            t = torch.randint(0, STEPS, (len(x),))
            losses.append(self.step(x, t, torch.randn_like(x)))
        return losses

    def train(self, epochs: int) -> tuple[int, float]:
        steps = 0
        for _ in range(epochs):
            losses = self.epoch()
            steps += len(losses)
        return steps, float(torch.stack(losses).mean())

    @torch.inference_mode()
    def sample(self, count: int) -> np.ndarray:
        x = torch.randn(count, 2)
        for t in reversed(range(STEPS)):
            noise = self.model(x, torch.tensor([t]))
            mean = (x - BETA[t] / np.sqrt(1 - ALPHA_BAR[t]) * noise) / np.sqrt(ALPHA[t])
            x = mean + np.sqrt(BETA[t]) * torch.randn_like(x)
        return x.numpy()


if __name__ == "__main__":
    peer.main(Program)
