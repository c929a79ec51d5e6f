import LinearAlgebra
import Synchronization
import LangevinThreading

/// How many points a worker takes at a time, through all levels: their states, the layers' buffers and
/// the weights fit the second-level cache. Since it is always as many, what a result depends on is the same
/// for any number of threads.
let tileRows = 128

/// Runs `body` for each tile of `count` rows, on up to `threads` threads with a worker each.
func forEachTile<Worker>(
  of count: Int, threads: Int, makeWorker: @escaping @Sendable () -> Worker,
  body: @escaping @Sendable (Worker, Range<Int>) -> Void
) {
  if count == 0 { return }
  let tiles = (count + tileRows - 1) / tileRows
  let pool = ThreadPool(threads: max(1, min(threads, tiles)))
  let nextTile = Atomic<Int>(0)
  OpenBLAS.withOneThread {
    // A task a thread, with memory of its own; whoever is free takes the next tile.
    pool.run(pool.threads) { _ in
      let worker = makeWorker()
      while true {
        let tile = nextTile.add(1, ordering: .relaxed).oldValue
        if tile >= tiles { return }
        body(worker, tile * tileRows..<min(count, (tile + 1) * tileRows))
      }
    }
  }
}
