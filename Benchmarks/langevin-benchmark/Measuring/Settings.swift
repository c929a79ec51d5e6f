/// What the user asked for.
struct Settings: Hashable, Codable {
  /// How long each row is measured.
  var effort = Effort()
  /// The most threads that share a step of training or the points of sampling.
  var threads = 1
  /// How many threads OpenBLAS may use for a product of the section of kernels.
  var openBLASThreads = 1

  /// The numbers of threads that are compared: powers of two, and the most.
  var threadCounts: [Int] {
    var counts: [Int] = []
    var count = 1
    while count < threads {
      counts.append(count)
      count *= 2
    }
    return counts + [threads]
  }
}
