// Factorizations of a small matrix. They are in C because Swift has no local array whose elements can be read
// as vectors.

#ifndef LANGEVIN_FACTORIZATIONS_H
#define LANGEVIN_FACTORIZATIONS_H

#include "Vectors.h"

// The largest order of a matrix that is copied to whole vectors.
#define LANGEVIN_COPIED_ORDER 32
#define LANGEVIN_COPIED_VECTORS (LANGEVIN_COPIED_ORDER / LANGEVIN_LANES)

// A copy of a matrix of order up to LANGEVIN_COPIED_ORDER, each row in `vectors` whole vectors.
typedef langevin_elements langevin_copied_matrix[LANGEVIN_COPIED_ORDER * LANGEVIN_COPIED_VECTORS];

// Computes `y = y - factor x` for the vectors from `first` on.
LANGEVIN_OPERATION void langevin_subtract_scaled_vectors(
    long first, long vectors, langevin_element factor, const langevin_elements *x,
    langevin_elements *y) {
  for (long v = first; v < vectors; ++v) y[v] -= (langevin_elements)factor * x[v];
}

// Computes `y = y - factor x` in order.
LANGEVIN_OPERATION void langevin_subtract_scaled(
    long count, langevin_element factor, const langevin_element *x, langevin_element *y) {
  for (long i = 0; i < count; ++i) y[i] -= factor * x[i];
}

// Returns whether a pivot of Cholesky's method is positive and finite; NaN is not.
LANGEVIN_OPERATION int langevin_is_good_pivot(langevin_element pivot) {
  return pivot > 0 && pivot - pivot == 0;
}

LANGEVIN_OPERATION langevin_element langevin_root(langevin_element x) {
  return __builtin_elementwise_sqrt(x);
}

// The factorization for orders up to LANGEVIN_COPIED_ORDER.
//
// The copy is the upper triangle, whose rows are parts of rows of memory. Whole vectors of it are changed:
// what the elements below the diagonal become does not matter.
LANGEVIN_OPERATION long langevin_factor_small_cholesky(long order, langevin_element *a) {
  langevin_copied_matrix copy;
  const long vectors = (order + LANGEVIN_LANES - 1) / LANGEVIN_LANES;
  const long stride = vectors * LANGEVIN_LANES;
  langevin_element *elements = (langevin_element *)copy;
  for (long i = 0; i < order * vectors; ++i) copy[i] = (langevin_elements)0;
  for (long i = 0; i < order; ++i) {
    for (long j = 0; j <= i; ++j) elements[j * stride + i] = a[i * order + j];
  }
  for (long k = 0; k < order; ++k) {
    langevin_elements *row = copy + k * vectors;
    const langevin_element pivot = elements[k * stride + k];
    if (!langevin_is_good_pivot(pivot)) return k + 1;
    const langevin_elements root = (langevin_elements)langevin_root(pivot);
    for (long v = k / LANGEVIN_LANES; v < vectors; ++v) row[v] /= root;
    elements[k * stride + k] = root[0];
    for (long i = k + 1; i < order; ++i) {
      langevin_subtract_scaled_vectors(
          i / LANGEVIN_LANES, vectors, elements[k * stride + i], row, copy + i * vectors);
    }
  }
  for (long i = 0; i < order; ++i) {
    for (long j = 0; j <= i; ++j) a[i * order + j] = elements[j * stride + i];
    for (long j = i + 1; j < order; ++j) a[i * order + j] = 0;
  }
  return 0;
}

// The factorization for any order, in place. It works on the upper triangle, too.
LANGEVIN_OPERATION long langevin_factor_large_cholesky(long order, langevin_element *a) {
  for (long i = 0; i < order; ++i) {
    for (long j = 0; j < i; ++j) a[j * order + i] = a[i * order + j];
  }
  for (long k = 0; k < order; ++k) {
    langevin_element *row = a + k * order;
    if (!langevin_is_good_pivot(row[k])) return k + 1;
    const langevin_element root = langevin_root(row[k]);
    row[k] = root;
    for (long j = k + 1; j < order; ++j) row[j] /= root;
    for (long i = k + 1; i < order; ++i) {
      langevin_subtract_scaled(order - i, row[i], row + i, a + i * order + i);
    }
  }
  for (long i = 0; i < order; ++i) {
    for (long j = i + 1; j < order; ++j) {
      a[j * order + i] = a[i * order + j];
      a[i * order + j] = 0;
    }
  }
  return 0;
}

// Replaces the lower triangle of `a` by its Cholesky factor and the elements above the diagonal by zeros.
// Returns 0, or the order of the first minor that is not positive.
static inline long langevin_factor_cholesky(long order, langevin_element *a) {
  return order <= LANGEVIN_COPIED_ORDER ? langevin_factor_small_cholesky(order, a)
                                        : langevin_factor_large_cholesky(order, a);
}

// Returns the first row from `k` on with the largest magnitude in column `k`.
LANGEVIN_OPERATION long langevin_pivot_row(
    long order, long k, const langevin_element *a, long stride) {
  long best = k;
  langevin_element size = __builtin_elementwise_abs(a[k * stride + k]);
  for (long i = k + 1; i < order; ++i) {
    const langevin_element candidate = __builtin_elementwise_abs(a[i * stride + k]);
    if (candidate > size) {
      size = candidate;
      best = i;
    }
  }
  return best;
}

LANGEVIN_OPERATION long langevin_factor_small_lu(long order, langevin_element *a, int *pivots) {
  langevin_copied_matrix copy;
  const long vectors = (order + LANGEVIN_LANES - 1) / LANGEVIN_LANES;
  const long stride = vectors * LANGEVIN_LANES;
  langevin_element *elements = (langevin_element *)copy;
  for (long i = 0; i < order; ++i) {
    copy[i * vectors + vectors - 1] = (langevin_elements)0;
    for (long j = 0; j < order; ++j) elements[i * stride + j] = a[i * order + j];
  }
  for (long k = 0; k < order; ++k) {
    const long best = langevin_pivot_row(order, k, elements, stride);
    pivots[k] = (int)best;
    langevin_elements *row = copy + k * vectors;
    if (elements[best * stride + k] == 0) return k;
    if (best != k) {
      langevin_elements *other = copy + best * vectors;
      for (long v = 0; v < vectors; ++v) {
        const langevin_elements swapped = row[v];
        row[v] = other[v];
        other[v] = swapped;
      }
    }
    // The part of the row behind the pivot. Its other elements in whole vectors are zero, so that the factors
    // in the rows below stay unchanged.
    const long first = k / LANGEVIN_LANES;
    langevin_elements rest[LANGEVIN_COPIED_VECTORS];
    for (long v = first; v < vectors; ++v) rest[v] = row[v];
    for (long j = first * LANGEVIN_LANES; j <= k; ++j) ((langevin_element *)rest)[j] = 0;
    const langevin_element pivot = elements[k * stride + k];
    for (long i = k + 1; i < order; ++i) {
      const langevin_element factor = elements[i * stride + k] / pivot;
      langevin_subtract_scaled_vectors(first, vectors, factor, rest, copy + i * vectors);
      elements[i * stride + k] = factor;
    }
  }
  for (long i = 0; i < order; ++i) {
    for (long j = 0; j < order; ++j) a[i * order + j] = elements[i * stride + j];
  }
  return -1;
}

LANGEVIN_OPERATION long langevin_factor_large_lu(long order, langevin_element *a, int *pivots) {
  for (long k = 0; k < order; ++k) {
    const long best = langevin_pivot_row(order, k, a, order);
    pivots[k] = (int)best;
    langevin_element *row = a + k * order;
    langevin_element *other = a + best * order;
    if (other[k] == 0) return k;
    if (best != k) {
      for (long j = 0; j < order; ++j) {
        const langevin_element swapped = row[j];
        row[j] = other[j];
        other[j] = swapped;
      }
    }
    for (long i = k + 1; i < order; ++i) {
      langevin_element *target = a + i * order;
      target[k] /= row[k];
      langevin_subtract_scaled(order - k - 1, target[k], row + k + 1, target + k + 1);
    }
  }
  return -1;
}

// Replaces `a` by its factors with P A = L U, where step k exchanges row k and row `pivots[k]`. Returns -1, or
// the index of the first pivot that is zero.
static inline long langevin_factor_lu(long order, langevin_element *a, int *pivots) {
  return order <= LANGEVIN_COPIED_ORDER ? langevin_factor_small_lu(order, a, pivots)
                                        : langevin_factor_large_lu(order, a, pivots);
}

#endif
