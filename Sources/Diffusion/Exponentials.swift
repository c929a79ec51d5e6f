// The C library's functions on `Double`, under the names that the formulas use.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

func exponential(_ x: Double) -> Double { exp(x) }
func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }
func logarithm(_ x: Double) -> Double { log(x) }
func logOnePlus(_ x: Double) -> Double { log1p(x) }
func cosine(_ x: Double) -> Double { cos(x) }
func sine(_ x: Double) -> Double { sin(x) }
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
func complementaryError(_ x: Double) -> Double { erfc(x) }
