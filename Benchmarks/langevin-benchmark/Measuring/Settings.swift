/// The user's settings.
struct Settings: Hashable, Codable {
  /// The limits of the measurement of each row.
  var effort = Effort()
  /// The largest number of threads in training and sampling.
  var threads = 1
  /// The number of threads that OpenBLAS may use for a product in the section kernels.
  var openBLASThreads = 1

  /// The numbers of threads to compare: powers of two, and `threads`.
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
