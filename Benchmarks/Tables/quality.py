"""Measure the utility of synthetic rows of a table, and whether they copy the training rows.

For each table and split, a gradient-boosted model is trained on the real training rows, and another one on
rows that `langevin` or a baseline makes from them. Both are scored on real rows that neither has seen:
accuracy for classes, R² for numbers. The result is the ratio of the two scores.

    python quality.py --langevin PATH [--tables iris,wine] [--splits 5] [--json FILE]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.metrics import accuracy_score, r2_score
from sklearn.model_selection import train_test_split

from tables import TABLES, load

warnings.filterwarnings("ignore")


def main():
    options = arguments()
    results = []
    for name in options.tables.split(","):
        table = load(name)
        for split in range(options.splits):
            results += measure(table, split, options)
            for row in results[-len(options.methods.split(",")) :]:
                print(line(row), file=sys.stderr, flush=True)
    print(report(results))
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--langevin", required=True, help="path of the tool")
    parser.add_argument("--tables", default="iris,wine,cancer,diabetes,penguins,diamonds")
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--methods", default="langevin,smote,copula")
    parser.add_argument("--train", default="", help="further options of langevin train")
    parser.add_argument("--sample", default="", help="further options of langevin sample")
    parser.add_argument("--json", help="write all figures to this file")
    return parser.parse_args()


def measure(table, split, options):
    stratify = table.frame[table.target] if table.is_classes else None
    train, test = train_test_split(
        table.frame, test_size=0.25, random_state=split, stratify=stratify
    )
    train, test = train.reset_index(drop=True), test.reset_index(drop=True)
    real = score(table, train, test)
    count = min(len(train), 50_000) if len(train) > 5_000 else 5_000
    rows = []
    for method in options.methods.split(","):
        start = time.time()
        if method == "langevin":
            synthetic, seconds = langevin(train, count, split, options)
        else:
            synthetic = {"smote": smote, "copula": copula}[method](table, train, count, split)
            seconds = {"all": time.time() - start}
        made = score(table, synthetic, test)
        rows.append(
            {
                "table": table.name,
                "split": split,
                "method": method,
                "real": real,
                "synthetic": made,
                "ratio": made / real,
                "proximity": proximity(table, train, test, synthetic),
                "copies": copies(train, test, synthetic),
                "seconds": seconds,
            }
        )
    return rows


# MARK: Generators of rows


def langevin(train, count, seed, options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "train.csv")
        train.to_csv(path, index=False)
        run = os.path.join(folder, "run")
        output = os.path.join(folder, "synthetic.csv")
        seconds = {}
        start = time.time()
        call(
            [options.langevin, "train", path, "--output", run, "--seed", str(seed), "--quiet"]
            + options.train.split()
        )
        seconds["train"] = time.time() - start
        start = time.time()
        call(
            [options.langevin, "sample", run, "--count", str(count), "--seed", str(seed + 1)]
            + ["--output", output, "--quiet"]
            + options.sample.split()
        )
        seconds["sample"] = time.time() - start
        frame = pd.read_csv(output, keep_default_na=False, na_values=[""])
        return frame.astype({c: train[c].dtype for c in train if train[c].dtype == object}), seconds


def call(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)


def smote(table, train, count, seed):
    """Draw rows on the line between a row and one of its five nearest neighbors of the same class."""
    random = np.random.default_rng(seed)
    space = Space(train)
    points = space.points(train)
    groups = (
        [np.flatnonzero(train[table.target] == c) for c in train[table.target].unique()]
        if table.is_classes
        else [np.arange(len(train))]
    )
    made = []
    for group in groups:
        near = neighbors(points[group], points[group], 6)
        for _ in range(round(count * len(group) / len(train))):
            i = random.integers(len(group))
            j = near[i, 1 + random.integers(min(5, len(group) - 1))]
            made.append((group[i], group[j], random.random()))
    first, second, part = (np.array(x) for x in zip(*made))
    result = {}
    for column in train:
        a, b = train[column].to_numpy()[first], train[column].to_numpy()[second]
        if column in space.numeric:
            mixed = a + part * (b - a)
            result[column] = mixed.round() if is_whole(train[column]) else mixed
        else:
            result[column] = np.where(part < 0.5, a, b)
    return pd.DataFrame(result)


def copula(table, train, count, seed):
    """Draw rows from a Gaussian copula: a normal distribution of ranks, with the columns' own quantiles."""
    random = np.random.default_rng(seed)
    scores = {}
    for column in train:
        values = train[column]
        if not pd.api.types.is_numeric_dtype(values):
            values = pd.Series(pd.Categorical(values.fillna("nan")).codes, index=train.index)
        values = values.fillna(values.median())
        # Break ties at random, which spreads them within a step of the distribution.
        ranks = values.sample(frac=1, random_state=seed).rank(method="first").sort_index()
        scores[column] = stats.norm.ppf((ranks - 0.5) / len(train))
    covariance = np.corrcoef(np.array(list(scores.values())))
    drawn = random.multivariate_normal(np.zeros(len(covariance)), covariance, count)
    result = {}
    for column, z in zip(train, drawn.T):
        values = train[column]
        uniform = stats.norm.cdf(z)
        if pd.api.types.is_numeric_dtype(values):
            made = np.quantile(values.dropna(), uniform)
            result[column] = made.round() if is_whole(values) else made
        else:
            codes = np.sort(pd.Categorical(values.fillna("nan")).codes)
            names = pd.Categorical(values.fillna("nan")).categories
            made = names[codes[(uniform * len(codes)).astype(int)]]
            result[column] = pd.Series(made).replace("nan", np.nan)
    return pd.DataFrame(result)


def is_whole(values):
    values = values.dropna()
    return pd.api.types.is_numeric_dtype(values) and bool((values == values.round()).all())


# MARK: Figures


def score(table, train, test):
    features = [c for c in table.frame if c != table.target]
    train = train.dropna(subset=[table.target])
    # Number the categories alike in both.
    x_train, x_test = train[features].copy(), test[features].copy()
    categorical = []
    for column in features:
        is_text = not pd.api.types.is_numeric_dtype(table.frame[column])
        categorical.append(is_text)
        if is_text:
            names = sorted(table.frame[column].dropna().unique())
            for frame in (x_train, x_test):
                codes = pd.Categorical(frame[column], categories=names).codes.astype(float)
                frame[column] = np.where(codes < 0, np.nan, codes)
    model = HistGradientBoostingClassifier if table.is_classes else HistGradientBoostingRegressor
    settings = {"categorical_features": categorical, "random_state": 0}
    if len(table.frame) < 5_000:
        settings["min_samples_leaf"] = 5
    fitted = model(**settings).fit(x_train, train[table.target])
    found = fitted.predict(x_test)
    if table.is_classes:
        return accuracy_score(test[table.target], found)
    return r2_score(test[table.target], found)


class Space:
    """Rows as points: numbers in standard deviations, different categories at distance 1."""

    def __init__(self, train):
        self.numeric = [c for c in train if pd.api.types.is_numeric_dtype(train[c])]
        self.texts = [c for c in train if c not in self.numeric]
        self.mean = train[self.numeric].mean()
        self.deviation = train[self.numeric].std().replace(0, 1)
        self.names = {c: sorted(train[c].dropna().unique()) for c in self.texts}

    def points(self, frame):
        parts = [((frame[self.numeric] - self.mean) / self.deviation).fillna(0).to_numpy()]
        for column in self.texts:
            hits = [(frame[column] == n).to_numpy(float) for n in self.names[column]]
            parts.append(np.array(hits).T / np.sqrt(2))
        return np.concatenate(parts, axis=1)


def neighbors(points, of, count):
    from sklearn.neighbors import NearestNeighbors

    found = NearestNeighbors(n_neighbors=min(count, len(points))).fit(points)
    return found.kneighbors(of, return_distance=False)


def proximity(table, train, test, synthetic):
    """Return the share of synthetic rows that lie nearer to a training row than to an unseen row.

    The sets of training and unseen rows have the same size. One half means no copying; 1 means only copies.
    """
    from sklearn.neighbors import NearestNeighbors

    space = Space(train)
    size = min(len(train), len(test), 5_000)
    random = np.random.default_rng(0)
    made = space.points(synthetic.iloc[:5_000])
    shares = []
    # The training set is larger, so take as many of its rows as there are unseen rows, several times.
    for _ in range(10):
        chosen = random.permutation(len(train))[:size]
        near = [
            NearestNeighbors(n_neighbors=1).fit(p).kneighbors(made)[0][:, 0]
            for p in (space.points(train)[chosen], space.points(test)[:size])
        ]
        shares.append(np.mean(near[0] < near[1]) + 0.5 * np.mean(near[0] == near[1]))
    return float(np.mean(shares))


def copies(train, test, synthetic):
    """Return the share of synthetic rows that equal a training row, and the same share of unseen rows."""
    # Compare as text with nine digits, so that equal numbers have equal text.
    texts = [c[train.columns].to_csv(index=False, float_format="%.9g").split("\n")[1:-1]
             for c in (train, test, synthetic)]
    known = set(texts[0])
    return [float(np.mean([t in known for t in texts[i]])) for i in (2, 1)]


def line(row):
    seconds = " ".join(f"{k} {v:.1f} s" for k, v in row["seconds"].items())
    return (
        f"{row['table']:10} {row['split']} {row['method']:9} real {row['real']:.4f} "
        f"synthetic {row['synthetic']:.4f} ratio {row['ratio']:.3f} "
        f"nearer to training {row['proximity']:.3f} copies {row['copies'][0]:.3f} "
        f"(of unseen {row['copies'][1]:.3f})  {seconds}"
    )


def report(results):
    frame = pd.DataFrame(results)
    lines = ["table       method     real   synthetic  ratio  nearer to training  copies"]
    for (table, method), rows in frame.groupby(["table", "method"], sort=False):
        real, made = rows["real"].mean(), rows["synthetic"].mean()
        copied = np.mean([c[0] for c in rows["copies"]])
        lines.append(
            f"{table:11} {method:9} {real:.4f}  {made:.4f}     {made / real:.3f}  "
            f"{rows['proximity'].mean():.3f}               {copied:.3f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
