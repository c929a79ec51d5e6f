// Operations on vectors of LANGEVIN_LANES elements, a constant that each build of the kernels defines. An
// element is a `double` if the build defines LANGEVIN_DOUBLE, and a `float` otherwise.
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

#ifdef LANGEVIN_DOUBLE
typedef double langevin_element;
typedef long long langevin_int;
typedef unsigned long long langevin_word;
#else
typedef float langevin_element;
typedef int langevin_int;
typedef unsigned langevin_word;
#endif

typedef langevin_element langevin_elements __attribute__((ext_vector_type(LANGEVIN_LANES)));
typedef langevin_int langevin_ints __attribute__((ext_vector_type(LANGEVIN_LANES)));
typedef langevin_word langevin_words __attribute__((ext_vector_type(LANGEVIN_LANES)));

#define LANGEVIN_OPERATION __attribute__((always_inline)) static inline

LANGEVIN_OPERATION langevin_elements langevin_repeat(langevin_element x) { return (langevin_elements)x; }

LANGEVIN_OPERATION langevin_elements langevin_add(langevin_elements a, langevin_elements b) {
  return a + b;
}

LANGEVIN_OPERATION langevin_elements langevin_subtract(langevin_elements a, langevin_elements b) {
  return a - b;
}

LANGEVIN_OPERATION langevin_elements langevin_multiply(langevin_elements a, langevin_elements b) {
  return a * b;
}

LANGEVIN_OPERATION langevin_elements langevin_divide(langevin_elements a, langevin_elements b) {
  return a / b;
}

LANGEVIN_OPERATION langevin_elements langevin_square_root(langevin_elements a) {
  return __builtin_elementwise_sqrt(a);
}

// Returns a b + c, rounded once.
LANGEVIN_OPERATION langevin_elements langevin_fused_multiply_add(
    langevin_elements a, langevin_elements b, langevin_elements c) {
  return __builtin_elementwise_fma(a, b, c);
}

LANGEVIN_OPERATION langevin_words langevin_and(langevin_words a, langevin_words b) { return a & b; }

LANGEVIN_OPERATION langevin_words langevin_or(langevin_words a, langevin_words b) { return a | b; }

LANGEVIN_OPERATION langevin_words langevin_exclusive_or(langevin_words a, langevin_words b) {
  return a ^ b;
}

// Shifts by fewer bits than a word has.

LANGEVIN_OPERATION langevin_words langevin_shift_left(langevin_words a, langevin_words bits) {
  return a << bits;
}

LANGEVIN_OPERATION langevin_words langevin_shift_right(langevin_words a, langevin_words bits) {
  return a >> bits;
}

LANGEVIN_OPERATION langevin_ints langevin_shift_right_signed(langevin_ints a, langevin_ints bits) {
  return a >> bits;
}

// Comparisons: all bits of a lane are 1 where the condition holds and 0 elsewhere.

LANGEVIN_OPERATION langevin_ints langevin_less(langevin_elements a, langevin_elements b) {
  return (langevin_ints)(a < b);
}

LANGEVIN_OPERATION langevin_ints langevin_equal(langevin_elements a, langevin_elements b) {
  return (langevin_ints)(a == b);
}

LANGEVIN_OPERATION langevin_ints langevin_unordered(langevin_elements a) { return (langevin_ints)(a != a); }

// Returns whether `low <= a < high` in all lanes.
LANGEVIN_OPERATION _Bool langevin_are_between(
    langevin_elements low, langevin_elements a, langevin_elements high) {
  return __builtin_reduce_and((langevin_ints)(low <= a) & (langevin_ints)(a < high)) != 0;
}

// Returns `a` where the lane of `mask` is all ones and `b` where it is zero.
LANGEVIN_OPERATION langevin_elements langevin_select(
    langevin_ints mask, langevin_elements a, langevin_elements b) {
  return (langevin_elements)(((langevin_ints)a & mask) | ((langevin_ints)b & ~mask));
}

typedef _Bool langevin_bits __attribute__((ext_vector_type(LANGEVIN_LANES)));

// Returns the number of the first lane of `mask` that is not zero; LANGEVIN_LANES if all are zero.
LANGEVIN_OPERATION long langevin_first(langevin_ints mask) {
  // A bit of each lane, in as many instructions as the processor has for it: one or two on x86-64.
  langevin_bits lanes = __builtin_convertvector(mask != 0, langevin_bits);
  unsigned bits = 0;
  __builtin_memcpy(&bits, &lanes, sizeof lanes);
  return __builtin_ctz(bits | 1u << LANGEVIN_LANES);
}

typedef langevin_element langevin_unaligned_elements
    __attribute__((ext_vector_type(LANGEVIN_LANES), aligned(sizeof(langevin_element))));
typedef langevin_element langevin_eight
    __attribute__((ext_vector_type(8), aligned(sizeof(langevin_element))));
typedef langevin_element langevin_four
    __attribute__((ext_vector_type(4), aligned(sizeof(langevin_element))));
typedef langevin_element langevin_two
    __attribute__((ext_vector_type(2), aligned(sizeof(langevin_element))));

// Parts of vectors: the first `count` lanes, fewer than a vector has. Lanes that are not loaded are zero. Each
// bit of `count` stands for a load or a store.

LANGEVIN_OPERATION langevin_two langevin_load_first_of_two(
    const langevin_element *source, long count) {
  langevin_two a = {0, 0};
  if (count & 1) a[0] = *source;
  return a;
}

LANGEVIN_OPERATION langevin_four langevin_load_first_of_four(
    const langevin_element *source, long count) {
  langevin_two zero = {0, 0};
  if (count & 2) {
    return __builtin_shufflevector(
        *(const langevin_two *)source, langevin_load_first_of_two(source + 2, count), 0, 1, 2, 3);
  }
  return __builtin_shufflevector(langevin_load_first_of_two(source, count), zero, 0, 1, 2, 3);
}

LANGEVIN_OPERATION langevin_eight langevin_load_first_of_eight(
    const langevin_element *source, long count) {
  langevin_four zero = {0, 0, 0, 0};
  if (count & 4) {
    return __builtin_shufflevector(
        *(const langevin_four *)source, langevin_load_first_of_four(source + 4, count),
        0, 1, 2, 3, 4, 5, 6, 7);
  }
  return __builtin_shufflevector(
      langevin_load_first_of_four(source, count), zero, 0, 1, 2, 3, 4, 5, 6, 7);
}

LANGEVIN_OPERATION langevin_elements langevin_load_first(
    const langevin_element *source, long count) {
#if LANGEVIN_LANES == 2
  return langevin_load_first_of_two(source, count);
#elif LANGEVIN_LANES == 4
  return langevin_load_first_of_four(source, count);
#elif LANGEVIN_LANES == 8
  return langevin_load_first_of_eight(source, count);
#else
  langevin_eight zero = {0, 0, 0, 0, 0, 0, 0, 0};
  if (count & 8) {
    return __builtin_shufflevector(
        *(const langevin_eight *)source, langevin_load_first_of_eight(source + 8, count),
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  }
  return __builtin_shufflevector(
      langevin_load_first_of_eight(source, count), zero,
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#endif
}

LANGEVIN_OPERATION void langevin_store_first(
    langevin_elements a, long count, langevin_element *destination) {
#if LANGEVIN_LANES == 16
  langevin_eight eight = __builtin_shufflevector(a, a, 0, 1, 2, 3, 4, 5, 6, 7);
  if (count & 8) {
    *(langevin_eight *)destination = eight;
    destination += 8;
    eight = __builtin_shufflevector(a, a, 8, 9, 10, 11, 12, 13, 14, 15);
  }
#elif LANGEVIN_LANES == 8
  langevin_eight eight = a;
#endif
#if LANGEVIN_LANES >= 8
  langevin_four four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3);
  if (count & 4) {
    *(langevin_four *)destination = four;
    destination += 4;
    four = __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
  }
#elif LANGEVIN_LANES == 4
  langevin_four four = a;
#endif
#if LANGEVIN_LANES >= 4
  langevin_two two = __builtin_shufflevector(four, four, 0, 1);
  if (count & 2) {
    *(langevin_two *)destination = two;
    destination += 2;
    two = __builtin_shufflevector(four, four, 2, 3);
  }
#else
  langevin_two two = a;
#endif
  if (count & 1) *destination = two[0];
}

#endif
