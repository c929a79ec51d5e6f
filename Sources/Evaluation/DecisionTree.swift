/// A tree whose leaf values are added to the log-odds of rows.
struct DecisionTree: Sendable {
  /// An inner node, or a leaf.
  struct Node: Sendable {
    /// The column that decides, or -1 in a leaf.
    var column: Int32 = -1
    /// The largest bin that goes to the lower child.
    var bin: UInt8 = 0
    var lower: Int32 = 0
    var upper: Int32 = 0
    /// The value that a leaf adds to the log-odds.
    var value = 0.0
  }

  /// The nodes, the root first.
  var nodes: [Node]

  /// Returns the value of the leaf that `row` falls into. `data` holds the bins of `rows` rows, column by
  /// column.
  func value(_ row: Int, of rows: Int, data: [UInt8]) -> Double {
    var node = 0
    while nodes[node].column >= 0 {
      let bin = data[Int(nodes[node].column) * rows + row]
      node = Int(bin <= nodes[node].bin ? nodes[node].lower : nodes[node].upper)
    }
    return nodes[node].value
  }
}
