/// A tree that adds to the log-odds of a row.
struct DecisionTree: Sendable {
  /// An inner node, or a leaf.
  struct Node: Sendable {
    /// Which column decides; -1 in a leaf.
    var column: Int32 = -1
    /// The largest bin that goes to the lower child.
    var bin: UInt8 = 0
    var lower: Int32 = 0
    var upper: Int32 = 0
    /// What a leaf adds.
    var value = 0.0
  }

  /// The first is the root.
  var nodes: [Node]

  /// What the tree adds to `row` of `rows`, whose bins are `data`, column by column.
  func value(_ row: Int, of rows: Int, data: [UInt8]) -> Double {
    var node = 0
    while nodes[node].column >= 0 {
      let bin = data[Int(nodes[node].column) * rows + row]
      node = Int(bin <= nodes[node].bin ? nodes[node].lower : nodes[node].upper)
    }
    return nodes[node].value
  }
}
