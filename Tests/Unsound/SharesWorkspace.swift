// Refused: sending
import LinearAlgebra
import NeuralNetwork

func race(_ workspace: Workspace, _ network: Network, _ input: Matrix<Float>) async {
  async let first = workspace.forward(network, input)
  async let second = workspace.forward(network, input)
  _ = await (first, second)
}
