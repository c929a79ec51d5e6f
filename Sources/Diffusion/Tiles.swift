import LangevinThreading
import LinearAlgebra
import Synchronization

/// The number of points that a worker takes through all levels at a time.
///
/// Their states, the buffers of the layers and the weights fit the second-level cache. The number is
/// constant, so that results do not depend on the number of threads.
let tileRows = 128

/// Runs `body` for each tile of `count` rows, on up to `threads` threads with a worker each.
///
/// - Parameter progress: Called with the number of finished rows after each tile, on any thread; false
///   cancels.
/// - Returns: Whether all tiles were run.
@discardableResult
func forEachTile<Worker>(
  of count: Int, threads: Int, progress: @escaping @Sendable (Int) -> Bool = { _ in true },
  makeWorker: @escaping @Sendable () -> Worker,
  body: @escaping @Sendable (Worker, Range<Int>) -> Void
) -> Bool {
  if count == 0 { return true }
  let tiles = (count + tileRows - 1) / tileRows
  let pool = ThreadPool(threads: max(1, min(threads, tiles)))
  let nextTile = Atomic<Int>(0)
  let finishedRows = Atomic<Int>(0)
  let isCancelled = Atomic<Bool>(false)
  OpenBLAS.withOneThread {
    // One task per thread, with its own memory; a free thread takes the next tile.
    pool.run(pool.threads) { _ in
      let worker = makeWorker()
      while true {
        let tile = nextTile.add(1, ordering: .relaxed).oldValue
        if tile >= tiles || isCancelled.load(ordering: .relaxed) { return }
        let rows = tile * tileRows..<min(count, (tile + 1) * tileRows)
        body(worker, rows)
        let finished = finishedRows.add(rows.count, ordering: .relaxed).newValue
        if !progress(finished) && finished < count {
          isCancelled.store(true, ordering: .relaxed)
        }
      }
    }
  }
  return !isCancelled.load(ordering: .relaxed)
}
