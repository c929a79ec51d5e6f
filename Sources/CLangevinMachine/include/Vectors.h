// Operations on vectors of LANGEVIN_LANES numbers, a constant that each build of the kernels defines.
//
// In the standard library of Swift 6.3, most operators of SIMD types are loops over the lanes. The Swift
// optimizer unrolls them and LLVM vectorizes them again, which takes most of the build time and does not
// always succeed. Each of these functions is one instruction from the start.

#ifndef LANGEVIN_VECTORS_H
#define LANGEVIN_VECTORS_H

// The value for modules that use no vectors. It does not depend on __AVX2__, because a program may be built
// for the processor of the machine.
#ifndef LANGEVIN_LANES
#define LANGEVIN_LANES 4
#endif

typedef float langevin_floats __attribute__((ext_vector_type(LANGEVIN_LANES)));
typedef int langevin_ints __attribute__((ext_vector_type(LANGEVIN_LANES)));
typedef unsigned langevin_words __attribute__((ext_vector_type(LANGEVIN_LANES)));

#define LANGEVIN_OPERATION __attribute__((always_inline)) static inline

LANGEVIN_OPERATION langevin_floats langevin_repeat(float x) { return (langevin_floats)x; }

LANGEVIN_OPERATION langevin_floats langevin_add(langevin_floats a, langevin_floats b) {
  return a + b;
}

LANGEVIN_OPERATION langevin_floats langevin_subtract(langevin_floats a, langevin_floats b) {
  return a - b;
}

LANGEVIN_OPERATION langevin_floats langevin_multiply(langevin_floats a, langevin_floats b) {
  return a * b;
}

LANGEVIN_OPERATION langevin_floats langevin_divide(langevin_floats a, langevin_floats b) {
  return a / b;
}

LANGEVIN_OPERATION langevin_floats langevin_square_root(langevin_floats a) {
  return __builtin_elementwise_sqrt(a);
}

// Returns a b + c, rounded once.
LANGEVIN_OPERATION langevin_floats langevin_fused_multiply_add(
    langevin_floats a, langevin_floats b, langevin_floats c) {
  return __builtin_elementwise_fma(a, b, c);
}

LANGEVIN_OPERATION langevin_words langevin_and(langevin_words a, langevin_words b) { return a & b; }

LANGEVIN_OPERATION langevin_words langevin_exclusive_or(langevin_words a, langevin_words b) {
  return a ^ b;
}

// Shifts by fewer than 32 bits.

LANGEVIN_OPERATION langevin_words langevin_shift_left(langevin_words a, langevin_words bits) {
  return a << bits;
}

LANGEVIN_OPERATION langevin_words langevin_shift_right(langevin_words a, langevin_words bits) {
  return a >> bits;
}

LANGEVIN_OPERATION langevin_ints langevin_shift_right_signed(langevin_ints a, langevin_ints bits) {
  return a >> bits;
}

#endif
