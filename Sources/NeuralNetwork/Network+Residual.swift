import LangevinPreconditions
public import LinearAlgebra

extension Network {
  /// Returns a residual network whose blocks add a shift learned from the features of the sample's level.
  ///
  /// A level is a noise level, for example. With features F, levels × `featureWidth`, a row of the batch at
  /// level c, L blocks and the activation φ:
  ///
  ///     E = φ(F W_tᵀ + b_t) Vᵀ + v                        levels × (L · width)
  ///     h = x W_inᵀ + b_in,   a = φ(h)
  ///     block l:  s = a W_lᵀ + b_l + E_l[c],  h ← h + φ(s),  a ← φ(h)
  ///     outputs = a W_outᵀ + b_out
  ///
  /// E_l is columns l · width ..< (l + 1) · width of E, which is computed once per level instead of once per
  /// row. With `octaves`, the ``PositionalEncoding`` of x replaces x; its last `plainColumns` columns get no
  /// waves. With `categories`, the last columns of x are codes of categories, which also get no waves, and the
  /// ``CategoryEmbedding`` of x replaces x.
  ///
  /// Parameters: `input.weight`, `input.bias` (W_in, b_in), `blocks.0.weight`, …, `output.weight`, … (W_out,
  /// initially zero), `time.weight`, … (W_t), `shift.weight`, … (V), and `embedding.0.weight`, … for
  /// categories. All others are initially uniform on
  /// ±1/√inputs, as in PyTorch's `nn.Linear`. The elements of parameter i are drawn from `stream(i)`.
  public static func residual(
    inputWidth: Int, outputWidth: Int, width: Int, blocks: Int, featureWidth: Int,
    activation: Activation = .silu, octaves: Int = 0, plainColumns: Int = 0,
    categories: [Int] = [],
    initializedFrom stream: (Int) -> RandomStream = { RandomStream(seed: 0, stream: UInt64($0)) }
  ) -> Network {
    require(blocks > 0, "Network: \(blocks) blocks; it needs at least 1")
    var layers: [any Layer] = []
    var inputs = inputWidth
    let plainColumns = plainColumns + categories.count
    if octaves > 0 && inputWidth > plainColumns {
      layers.append(PositionalEncoding(octaves: octaves, plainColumns: plainColumns))
      inputs = PositionalEncoding.width(
        inputWidth: inputWidth, octaves: octaves, plainColumns: plainColumns)
    }
    if !categories.isEmpty {
      let embedding = CategoryEmbedding(
        "embedding", categories: categories, firstColumn: inputWidth - categories.count)
      layers.append(embedding)
      inputs = embedding.outputWidth(inputWidth: inputs)
    }
    layers.append(
      ResidualLinear("input", inputs: inputs, outputs: width, activation: activation, role: .first))
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
