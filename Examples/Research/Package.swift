// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "Research",
  platforms: [.macOS(.v15)],
  dependencies: [
    // In your own package: .package(url: "…/langevin.git", from: "0.2.0")
    .package(name: "langevin", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "Research",
      dependencies: ["Datasets", "Diffusion", "Evaluation", "LinearAlgebra", "NeuralNetwork"].map {
        .product(name: $0, package: "langevin")
      },
      path: "Sources",
      swiftSettings: [.strictMemorySafety()])
  ]
)
