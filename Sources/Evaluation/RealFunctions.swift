// The C library's functions on `Double`, under the names that the formulas use.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

func exponential(_ x: Double) -> Double { exp(x) }
func logarithm(_ x: Double) -> Double { log(x) }
func logOnePlus(_ x: Double) -> Double { log1p(x) }
