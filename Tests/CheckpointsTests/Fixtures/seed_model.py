"""Evaluates a checkpoint of the original program's model in PyTorch.

usage: seed_model.py MODEL INPUTS OUTPUTS

MODEL is a state dict; INPUTS holds x and t; OUTPUTS gets the estimated noise, and a copy of the
parameters, as PyTorch's own library writes them.
"""

import json
import sys

import torch
from torch import nn
from torch.nn import functional


def load(path):
    try:
        from safetensors.torch import load_file

        return load_file(path)
    except ImportError:
        pass
    kinds = {"F32": torch.float32, "I64": torch.int64}
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        flat = torch.frombuffer(bytearray(data[begin:end]), dtype=kinds[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors


def save(tensors, path):
    try:
        from safetensors.torch import save_file

        return save_file(tensors, path, metadata={"format": "pt"})
    except ImportError:
        pass
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        begin, data = len(data), data + tensor.contiguous().numpy().tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [begin, len(data)],
        }
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + data)


class ConditionalLinear(nn.Module):
    def __init__(self, inputs, outputs, steps):
        super().__init__()
        self.lin = nn.Linear(inputs, outputs)
        self.embed = nn.Embedding(steps, outputs)

    def forward(self, x, y):
        return self.embed(y) * self.lin(x)


class Model(nn.Module):
    def __init__(self, dimension, hidden, steps):
        super().__init__()
        self.lin1 = ConditionalLinear(dimension, hidden[0], steps)
        self.lin2 = ConditionalLinear(hidden[0], hidden[1], steps)
        self.lin3 = ConditionalLinear(hidden[1], hidden[2], steps)
        self.lin4 = nn.Linear(hidden[2], dimension)

    def forward(self, x, y):
        for layer in (self.lin1, self.lin2, self.lin3):
            x = functional.softplus(layer(x, y))
        return self.lin4(x)


def main():
    state = load(sys.argv[1])
    inputs = load(sys.argv[2])
    hidden = [state[f"lin{i}.lin.weight"].shape[0] for i in (1, 2, 3)]
    steps = state["lin1.embed.weight"].shape[0]
    model = Model(state["lin4.weight"].shape[0], hidden, steps)
    model.load_state_dict(state, strict=True)
    with torch.no_grad():
        noise = model(inputs["x"], inputs["t"])
    outputs = {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}
    save({**outputs, "noise": noise}, sys.argv[3])


main()
