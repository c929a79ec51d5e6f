import Langevin
import LinearAlgebra

/// Refuses what cannot fit into this computer: `rows` × `columns` elements, of which each takes
/// the room of `numbersEach` numbers. `what` is what the user asked for.
func requireMemory(_ what: String, _ rows: Int, _ columns: Int, numbersEach: Int) throws {
  let needed = PhysicalMemory.bytes(rows: rows, columns: columns, numbersEach: numbersEach)
  let available = PhysicalMemory.size
  if needed > available {
    throw ToolError(
      """
      \(what): that takes \((needed / 1e9).fixed(1)) GB of memory, this computer has \
      \((available / 1e9).fixed(1)) GB; choose a smaller number
      """)
  }
}
