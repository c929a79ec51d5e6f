"""Compare imputation of scikit-learn's breast cancer table with column means and k nearest neighbors.

Trains on a part of the rows, removes 20 % of the cells of the other rows, and fills them in. The error is
the root mean square over the missing cells, each column in standard deviations of the training part.

    python Benchmarks/Tables/imputation.py --langevin .build/release/langevin [--splits 3] [--draws 20]
"""

import argparse
import pathlib
import subprocess
import tempfile

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.preprocessing import StandardScaler


def holes(rows, share, random):
    return random.random(rows.shape) < share


def error(filled, truth, missing, scaler):
    difference = scaler.transform(filled) - scaler.transform(truth)
    return float(np.sqrt(np.mean(difference[missing] ** 2)))


def trial(arguments, split, folder):
    frame = load_breast_cancer(as_frame=True).data
    random = np.random.default_rng(split)
    order = random.permutation(len(frame))
    test = frame.iloc[order[: len(frame) // 5]].reset_index(drop=True)
    train = frame.iloc[order[len(frame) // 5 :]].reset_index(drop=True)
    missing = holes(test.to_numpy(), 0.2, random)
    scaler = StandardScaler().fit(train.to_numpy())

    train.to_csv(folder / "train.csv", index=False)
    test.mask(missing).to_csv(folder / "holes.csv", index=False)
    tool = [arguments.langevin]
    subprocess.run(
        tool + ["train", "train.csv", "--output", "run", "--overwrite", "--quiet", "--seed", str(split)],
        cwd=folder, check=True)
    subprocess.run(
        tool + ["impute", "run", "--input", "holes.csv", "--output", "filled.csv",
                "--draws", str(arguments.draws)] + arguments.more.split(), cwd=folder, check=True)
    ours = pd.read_csv(folder / "filled.csv")
    # Imputation must not change the known cells.
    assert (ours.to_numpy()[~missing] == test.to_numpy()[~missing]).all()

    scaled, masked = scaler.transform(train.to_numpy()), scaler.transform(
        test.mask(missing).to_numpy())
    neighbors = KNNImputer(n_neighbors=5).fit(scaled).transform(masked)
    means = SimpleImputer().fit(scaled).transform(masked)
    return {
        "langevin": error(ours.to_numpy(), test.to_numpy(), missing, scaler),
        "5 neighbors": error(
            scaler.inverse_transform(neighbors), test.to_numpy(), missing, scaler),
        "column means": error(scaler.inverse_transform(means), test.to_numpy(), missing, scaler),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--langevin", required=True, help="path of the tool")
    parser.add_argument("--splits", type=int, default=3)
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--more", default="", help="further options of langevin impute")
    arguments = parser.parse_args()
    arguments.langevin = str(pathlib.Path(arguments.langevin).resolve())
    results = []
    for split in range(arguments.splits):
        with tempfile.TemporaryDirectory() as folder:
            results.append(trial(arguments, split, pathlib.Path(folder)))
        print(f"split {split}: " + ", ".join(f"{k} {v:.4f}" for k, v in results[-1].items()))
    means = {name: np.mean([result[name] for result in results]) for name in results[0]}
    print("mean:    " + ", ".join(f"{k} {v:.4f}" for k, v in means.items()))
    print(f"langevin / 5 neighbors: {means['langevin'] / means['5 neighbors']:.3f}")


if __name__ == "__main__":
    main()
