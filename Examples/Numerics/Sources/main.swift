// Six programs as one writes them with NumPy, each beside its twin in the folder NumPy.
let programs: KeyValuePairs = [
  "linear_regression": linearRegression, "principal_components": principalComponents,
  "gaussian_process": gaussianProcess, "k_means": kMeans, "power_iteration": powerIteration,
  "perceptron": perceptron,
]
let names = CommandLine.arguments.dropFirst()
for (name, run) in programs where names.isEmpty || names.contains(name) {
  print("#", name)
  try run()
}
