public import LinearAlgebra
// temporary shim
public struct ExponentialMovingAverage: Sendable, Equatable {
  public var decay: Double
  public var updates = 0
  public var parameters: Parameters
  public init(_ p: Parameters, decay: Double, updates: Int = 0) { parameters = p; self.decay = decay; self.updates = updates }
}
extension Workspace {
  public func forward(_ n: Network, _ i: MatrixHandle, conditions: Conditions, features: MatrixHandle?, parametersUnchanged: Bool = false) -> MatrixHandle { forward(n, i, conditions: conditions, parametersUnchanged: parametersUnchanged) }
  public func forward(_ n: Network, _ i: Matrix, conditions: [Int32], features: Matrix?) -> Matrix { forward(n, i, conditions: conditions) }
  public func backward(_ n: Network, _ i: MatrixHandle, conditions: Conditions, features: MatrixHandle?, inputGradients: MatrixHandle?) { backward(n, i, conditions: conditions, inputGradients: inputGradients) }
  public func forwardAndBackward(_ n: Network, _ i: MatrixHandle, conditions: Conditions, features: MatrixHandle?, loss: any RowLoss) { forwardAndBackward(n, i, conditions: conditions, loss: loss) }
  public func update(_ p: inout Parameters, by o: inout Adam, maximumNorm: Double?, average: inout ExponentialMovingAverage?) -> Double { update(&p, by: &o, maximumNorm: maximumNorm) }
}
extension Parameters { public var firstNonFinite: String? { nil } }
extension MeanSquaredError {
  public func loss(_ t: MatrixHandle, weights: MatrixHandle?, _ body: () -> Void) -> Double { loss(t, body) }
  public static func evaluate(_ p: Matrix, target: Matrix, weights: Matrix?) -> (loss: Double, Matrix) { evaluate(p, target: target) }
}

extension Network {
  public static func residual(inputWidth: Int, outputWidth: Int, width: Int, blocks: Int, featureWidth: Int, activation: Activation, initialisedFrom s: (Int) -> RandomStream) -> Network { Network([Linear("a", inputs: inputWidth, outputs: outputWidth)], inputWidth: inputWidth, initialisedFrom: s) }
}
extension Activation: Codable { public static var silu: Activation { .softplus } }
