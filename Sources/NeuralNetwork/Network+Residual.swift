import LangevinPreconditions
public import LinearAlgebra

extension Network {
  /// A residual network whose blocks are shifted by what they learn of features of the sample's
  /// level, of a noise level say.
  ///
  /// With features F, levels × `featureWidth`, and row r of the batch at level c, L blocks and φ:
  ///
  ///     E = φ(F W_tᵀ + b_t) Vᵀ + v                        levels × (L · width)
  ///     h = x W_inᵀ + b_in,   a = φ(h)
  ///     block l:  s = a W_lᵀ + b_l + E_l[c],  h ← h + φ(s),  a ← φ(h)
  ///     outputs = a W_outᵀ + b_out
  ///
  /// With `octaves`, the ``PositionalEncoding`` of x takes its place, but for the last `plainColumns`
  /// columns, and W_in has the width of that.
  /// E_l is columns l · width ..< (l + 1) · width of E. E is computed once for each level, not for each
  /// row.
  ///
  /// Parameters: `input.weight`, `input.bias` (W_in), `blocks.0.weight`, …, `output.weight`, … (W_out,
  /// zero at first), `time.weight`, … (W_t), `shift.weight`, … (V); each uniform on ±1/√inputs at
  /// first, as PyTorch's `nn.Linear`, and drawn from `stream(i)` for parameter i.
  public static func residual(
    inputWidth: Int, outputWidth: Int, width: Int, blocks: Int, featureWidth: Int,
    activation: Activation = .silu, octaves: Int = 0, plainColumns: Int = 0,
    initializedFrom stream: (Int) -> RandomStream = { RandomStream(seed: 0, stream: UInt64($0)) }
  ) -> Network {
    require(blocks > 0, "Network: \(blocks) blocks are too few")
    var layers: [any Layer] = []
    if octaves > 0 {
      layers.append(PositionalEncoding(octaves: octaves, plainColumns: plainColumns))
    }
    layers.append(
      ResidualLinear(
        "input",
        inputs: PositionalEncoding.width(
          inputWidth: inputWidth, octaves: octaves, plainColumns: plainColumns),
        outputs: width, activation: activation, role: .first))
    for block in 0..<blocks {
      layers.append(
        ResidualLinear(
          "blocks.\(block)", inputs: width, outputs: width, activation: activation,
          role: .block(
            shiftColumns: block * width..<(block + 1) * width, isLast: block == blocks - 1)))
    }
    layers.append(Linear("output", inputs: width, outputs: outputWidth, initialBound: 0))
    let embedding: [any Layer] = [
      Linear("time", inputs: featureWidth, outputs: width, activation: activation),
      Linear("shift", inputs: width, outputs: blocks * width),
    ]
    return Network(
      layers, inputWidth: inputWidth, embedding: embedding, featureWidth: featureWidth,
      initializedFrom: stream)
  }
}
