// The C library's functions on `Double`, under the names used in formulas.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

package func exponential(_ x: Double) -> Double { exp(x) }
package func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }
package func logarithm(_ x: Double) -> Double { log(x) }
package func logOnePlus(_ x: Double) -> Double { log1p(x) }
package func cosine(_ x: Double) -> Double { cos(x) }
package func sine(_ x: Double) -> Double { sin(x) }
package func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
package func complementaryError(_ x: Double) -> Double { erfc(x) }
