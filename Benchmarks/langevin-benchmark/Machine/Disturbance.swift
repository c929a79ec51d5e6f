/// The use of the processors by other programs during the measurement.
struct Disturbance: Hashable, Codable {
  /// The fraction of time for which this process had a processor, in rows with one thread.
  ///
  /// Nil without such rows.
  let processorShare: Double?
  /// The average number of processors that other programs kept busy; nil if unknown.
  let othersProcessors: Double?
  /// The average number of processors that other guests of the host took; nil if unknown.
  let stolenProcessors: Double?

  /// Creates the disturbance from the processor time of the run and of its rows with one thread.
  init(_ all: ProcessorTime, ofOneThread: ProcessorTime = .none) {
    processorShare = ofOneThread.wall > 0 ? min(1, ofOneThread.own / ofOneThread.wall) : nil
    guard all.wall > 0 else {
      (othersProcessors, stolenProcessors) = (nil, nil)
      return
    }
    othersProcessors = all.all.map { max(0, $0 - all.own) / all.wall }
    stolenProcessors = all.stolen.map { $0 / all.wall }
  }
}
