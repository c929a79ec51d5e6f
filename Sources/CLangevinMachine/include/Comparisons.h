// Comparisons of elements, and the selection by their results, four vectors at a time: a vector of bytes is
// worth its narrowing instructions only if it is long.

#ifndef LANGEVIN_COMPARISONS_H
#define LANGEVIN_COMPARISONS_H

#include "Vectors.h"

#define LANGEVIN_WIDE_LANES (4 * LANGEVIN_LANES)

typedef langevin_element langevin_wide
    __attribute__((ext_vector_type(LANGEVIN_WIDE_LANES), aligned(sizeof(langevin_element))));
typedef langevin_int langevin_wide_ints __attribute__((ext_vector_type(LANGEVIN_WIDE_LANES)));
typedef signed char langevin_wide_bytes
    __attribute__((ext_vector_type(LANGEVIN_WIDE_LANES), aligned(1)));

// Defines two functions that write `mask[i] = x[i] OPERATOR y[i]`, 1 or 0, for four vectors of elements. The
// second one compares with the same number everywhere.
#define LANGEVIN_COMPARISON(name, operator)                                                          \
  LANGEVIN_OPERATION void langevin_store_##name(                                                     \
      const langevin_element *x, const langevin_element *y, unsigned char *mask) {                   \
    langevin_wide_ints bits =                                                                        \
        (langevin_wide_ints)(*(const langevin_wide *)x operator*(const langevin_wide *) y);          \
    *(langevin_wide_bytes *)mask = __builtin_convertvector(bits, langevin_wide_bytes) & 1;           \
  }                                                                                                  \
  LANGEVIN_OPERATION void langevin_store_##name##_than_all(                                          \
      const langevin_element *x, langevin_element y, unsigned char *mask) {                          \
    langevin_wide_ints bits =                                                                        \
        (langevin_wide_ints)(*(const langevin_wide *)x operator(langevin_wide) y);                   \
    *(langevin_wide_bytes *)mask = __builtin_convertvector(bits, langevin_wide_bytes) & 1;           \
  }

LANGEVIN_COMPARISON(less, <)
LANGEVIN_COMPARISON(less_or_equal, <=)
LANGEVIN_COMPARISON(equal, ==)
LANGEVIN_COMPARISON(greater, >)
LANGEVIN_COMPARISON(greater_or_equal, >=)

// Writes four vectors: `z[i] = x[i]` where `mask[i]` is not 0, `y[i]` elsewhere.
LANGEVIN_OPERATION void langevin_store_selected(
    const unsigned char *mask, const langevin_element *x, const langevin_element *y,
    langevin_element *z) {
  langevin_wide_bytes bytes = (langevin_wide_bytes)(*(const langevin_wide_bytes *)mask != 0);
  langevin_wide_ints bits = __builtin_convertvector(bytes, langevin_wide_ints);
  langevin_wide_ints a = (langevin_wide_ints)*(const langevin_wide *)x;
  langevin_wide_ints b = (langevin_wide_ints)*(const langevin_wide *)y;
  *(langevin_wide *)z = (langevin_wide)((a & bits) | (b & ~bits));
}

#endif
