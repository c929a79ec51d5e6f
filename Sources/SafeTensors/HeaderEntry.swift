/// The entry of a tensor in a header.
struct HeaderEntry {
  var name: String
  var type: ElementType
  var shape: [Int]
  var begin: Int
  var end: Int
}
