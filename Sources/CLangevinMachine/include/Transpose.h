// The transpose of a block of elements in registers.

#ifndef LANGEVIN_TRANSPOSE_H
#define LANGEVIN_TRANSPOSE_H

#include "Vectors.h"

// The number of elements in 16 bytes: shuffles within such quarters take the least time.
#define LANGEVIN_QUARTER_LANES ((long)(16 / sizeof(langevin_element)))

typedef langevin_element langevin_quarter
    __attribute__((ext_vector_type(16 / sizeof(langevin_element)), aligned(sizeof(langevin_element))));

// Returns a vector whose quarters are `x[0 ...]`, `x[step ...]`, `x[2 step ...]`, and so on.
LANGEVIN_OPERATION langevin_elements langevin_gather_quarters(
    const langevin_element *x, long step) {
#define LANGEVIN_QUARTER(i) (*(const langevin_quarter *)(x + (i)*step))
#if LANGEVIN_LANES == 4 && !defined(LANGEVIN_DOUBLE)
  return LANGEVIN_QUARTER(0);
#elif LANGEVIN_LANES == 8 && !defined(LANGEVIN_DOUBLE)
  return __builtin_shufflevector(LANGEVIN_QUARTER(0), LANGEVIN_QUARTER(1), 0, 1, 2, 3, 4, 5, 6, 7);
#elif !defined(LANGEVIN_DOUBLE)
  typedef langevin_element half __attribute__((ext_vector_type(8)));
  half low =
      __builtin_shufflevector(LANGEVIN_QUARTER(0), LANGEVIN_QUARTER(1), 0, 1, 2, 3, 4, 5, 6, 7);
  half high =
      __builtin_shufflevector(LANGEVIN_QUARTER(2), LANGEVIN_QUARTER(3), 0, 1, 2, 3, 4, 5, 6, 7);
  return __builtin_shufflevector(
      low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#elif LANGEVIN_LANES == 2
  return LANGEVIN_QUARTER(0);
#elif LANGEVIN_LANES == 4
  return __builtin_shufflevector(LANGEVIN_QUARTER(0), LANGEVIN_QUARTER(1), 0, 1, 2, 3);
#else
  typedef langevin_element half __attribute__((ext_vector_type(4)));
  half low = __builtin_shufflevector(LANGEVIN_QUARTER(0), LANGEVIN_QUARTER(1), 0, 1, 2, 3);
  half high = __builtin_shufflevector(LANGEVIN_QUARTER(2), LANGEVIN_QUARTER(3), 0, 1, 2, 3);
  return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
#endif
#undef LANGEVIN_QUARTER
}

// Interleave the first or second halves of the quarters of `a` and `b`; those with PAIRS move two elements
// at a time.
#if defined(LANGEVIN_DOUBLE) && LANGEVIN_LANES == 2
#define LANGEVIN_LOW(a, b) __builtin_shufflevector(a, b, 0, 2)
#define LANGEVIN_HIGH(a, b) __builtin_shufflevector(a, b, 1, 3)
#elif defined(LANGEVIN_DOUBLE) && LANGEVIN_LANES == 4
#define LANGEVIN_LOW(a, b) __builtin_shufflevector(a, b, 0, 4, 2, 6)
#define LANGEVIN_HIGH(a, b) __builtin_shufflevector(a, b, 1, 5, 3, 7)
#elif defined(LANGEVIN_DOUBLE)
#define LANGEVIN_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define LANGEVIN_HIGH(a, b) __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#elif LANGEVIN_LANES == 4
#define LANGEVIN_LOW(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define LANGEVIN_HIGH(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#define LANGEVIN_LOW_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 1, 4, 5)
#define LANGEVIN_HIGH_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 3, 6, 7)
#elif LANGEVIN_LANES == 8
#define LANGEVIN_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define LANGEVIN_HIGH(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define LANGEVIN_LOW_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define LANGEVIN_HIGH_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#else
#define LANGEVIN_LOW(a, b)                                                                           \
  __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define LANGEVIN_HIGH(a, b)                                                                          \
  __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
#define LANGEVIN_LOW_PAIRS(a, b)                                                                     \
  __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
#define LANGEVIN_HIGH_PAIRS(a, b)                                                                    \
  __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)
#endif

// Transposes LANGEVIN_LANES rows × LANGEVIN_QUARTER_LANES columns of `x`: each column becomes one vector, a
// row of `y`.
//
// A vector is loaded in quarters from rows that are LANGEVIN_QUARTER_LANES apart, so that only shuffles
// within quarters remain.
LANGEVIN_OPERATION void langevin_transpose_block(
    const langevin_element *x, long stride, langevin_element *y, long stride_y) {
  long step = LANGEVIN_QUARTER_LANES * stride;
  langevin_elements a = langevin_gather_quarters(x, step);
  langevin_elements b = langevin_gather_quarters(x + stride, step);
#ifdef LANGEVIN_DOUBLE
  *(langevin_unaligned_elements *)y = LANGEVIN_LOW(a, b);
  *(langevin_unaligned_elements *)(y + stride_y) = LANGEVIN_HIGH(a, b);
#else
  langevin_elements c = langevin_gather_quarters(x + 2 * stride, step);
  langevin_elements d = langevin_gather_quarters(x + 3 * stride, step);
  langevin_elements ab = LANGEVIN_LOW(a, b);
  langevin_elements cd = LANGEVIN_LOW(c, d);
  *(langevin_unaligned_elements *)y = LANGEVIN_LOW_PAIRS(ab, cd);
  *(langevin_unaligned_elements *)(y + stride_y) = LANGEVIN_HIGH_PAIRS(ab, cd);
  ab = LANGEVIN_HIGH(a, b);
  cd = LANGEVIN_HIGH(c, d);
  *(langevin_unaligned_elements *)(y + 2 * stride_y) = LANGEVIN_LOW_PAIRS(ab, cd);
  *(langevin_unaligned_elements *)(y + 3 * stride_y) = LANGEVIN_HIGH_PAIRS(ab, cd);
#endif
}

#endif
