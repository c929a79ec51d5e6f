/// What a header says of one tensor.
struct HeaderEntry {
  var name: String
  var type: ElementType
  var shape: [Int]
  var begin: Int
  var end: Int
}
