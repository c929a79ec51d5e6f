/// What others did to the processors while rows were measured.
struct Disturbance: Hashable, Codable {
  /// How much of the time of rows with one thread this process had a processor; nil without any.
  let processorShare: Double?
  /// How many processors other programs kept busy on average; nil if the system does not tell.
  let othersProcessors: Double?
  /// How many processors' worth of time other guests of the same machine took on average.
  let stolenProcessors: Double?

  /// From who had the processors, in all and while rows with one thread were measured.
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
