"""Measure how many class-conditional digits a classifier assigns to the class they were drawn for.

Trains on four fifths of scikit-learn's digits, 8 × 8 pixels with 17 levels. The classifier is a support
vector machine trained on all digits. Also prints the bits per dimension of the unseen fifth.

    python Benchmarks/Tables/digits.py --langevin .build/release/langevin [--seeds 3]
"""

import argparse
import pathlib
import subprocess
import tempfile

import numpy as np
import pandas as pd
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--langevin", required=True, help="path of the tool")
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    tool = str(pathlib.Path(arguments.langevin).resolve())
    digits = load_digits()
    rows = np.arange(len(digits.target))
    seen, unseen = train_test_split(rows, test_size=0.2, random_state=0, stratify=digits.target)
    held_out = SVC(gamma=0.001, C=10).fit(digits.data[seen], digits.target[seen])
    accuracy = held_out.score(digits.data[unseen], digits.target[unseen])
    print(f"accuracy of the classifier on unseen real digits: {accuracy:.4f}")
    classifier = SVC(gamma=0.001, C=10).fit(digits.data, digits.target)

    with tempfile.TemporaryDirectory() as folder:

        def run(*command):
            return subprocess.run(
                [tool, *command], cwd=folder, check=True, capture_output=True, text=True).stdout

        for name, part in [("seen", seen), ("unseen", unseen)]:
            # The labels are a column of the file, so that `evaluate` can compare with another file.
            table = pd.DataFrame(digits.data[part].astype(int)).add_prefix("pixel")
            table["label"] = digits.target[part]
            table.to_csv(f"{folder}/{name}.csv", index=False)
        for seed in range(arguments.seeds):
            print(run("train", "seen.csv", "--image", "8x8", "--condition", "label", "--seed", str(seed),
                      "--output", "run", "--overwrite").strip())
            for guidance in ["1", "1.5", "2"]:
                run("sample", "run", "--count", "2000", "--seed", str(seed), "--guidance", guidance,
                    "--output", "samples.csv")
                samples = pd.read_csv(f"{folder}/samples.csv")
                correct = classifier.score(
                    samples.drop(columns="label").to_numpy(), samples["label"].to_numpy())
                print(f"seed {seed}, guidance {guidance}: {correct:.4f} labeled as the class drawn")
            told = run("evaluate", "run", "--against", "unseen.csv", "--likelihood", "--count", "359",
                       "--measures", "sliced_w2,nearest_training_distance,nearest_training_share")
            print(told[told.index("measure"):].strip())


if __name__ == "__main__":
    main()
