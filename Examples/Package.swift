// swift-tools-version: 6.2

import PackageDescription

/// Returns the target of an example that needs only these products.
func example(_ name: String, _ products: String...) -> Target {
  .executableTarget(
    name: name, dependencies: products.map { .product(name: $0, package: "langevin") },
    path: "\(name)/Sources", swiftSettings: [.strictMemorySafety()])
}

let package = Package(
  name: "Examples",
  platforms: [.macOS(.v15)],
  dependencies: [
    // In your own package: .package(url: "…/langevin.git", from: "0.2.0")
    .package(name: "langevin", path: "..")
  ],
  targets: [
    example("FromScratch", "LinearAlgebra"),
    example("MatrixOnly", "LinearAlgebra"),
    example("Numerics", "LinearAlgebra"),
    example(
      "Research", "Datasets", "Diffusion", "Evaluation", "LinearAlgebra", "NeuralNetwork"),
    example("SwissRoll", "Langevin"),
    example("SyntheticData", "Langevin"),
  ]
)
