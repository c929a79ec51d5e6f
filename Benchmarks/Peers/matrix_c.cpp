// Plain C: memcpy, loops over elements, and loops of calls of the OpenBLAS and LAPACKE that Langevin calls; see
// matrix_peer.hpp.

#include <cblas.h>
#include <lapacke.h>

#include <cstring>
#include <memory>

#include "matrix_peer.hpp"

extern "C" char* openblas_get_corename();
extern "C" int openblas_get_num_threads();

template <typename T>
struct Routines;

template <>
struct Routines<float> {
  static constexpr auto gemm = cblas_sgemm;
  static constexpr auto gemv = cblas_sgemv;
  static constexpr auto potrf = LAPACKE_spotrf;
  static constexpr auto getrf = LAPACKE_sgetrf;
  static constexpr auto getri = LAPACKE_sgetri;
  static constexpr auto gesv = LAPACKE_sgesv;
  static constexpr auto geqrf = LAPACKE_sgeqrf;
  static constexpr auto orgqr = LAPACKE_sorgqr;
  static constexpr auto gesdd = LAPACKE_sgesdd;
  static constexpr auto syevd = LAPACKE_ssyevd;
  static constexpr auto geev = LAPACKE_sgeev;
  static constexpr auto gels = LAPACKE_sgels;
  static constexpr auto gelsd = LAPACKE_sgelsd;
};

template <>
struct Routines<double> {
  static constexpr auto gemm = cblas_dgemm;
  static constexpr auto gemv = cblas_dgemv;
  static constexpr auto potrf = LAPACKE_dpotrf;
  static constexpr auto getrf = LAPACKE_dgetrf;
  static constexpr auto getri = LAPACKE_dgetri;
  static constexpr auto gesv = LAPACKE_dgesv;
  static constexpr auto geqrf = LAPACKE_dgeqrf;
  static constexpr auto orgqr = LAPACKE_dorgqr;
  static constexpr auto gesdd = LAPACKE_dgesdd;
  static constexpr auto syevd = LAPACKE_dsyevd;
  static constexpr auto geev = LAPACKE_dgeev;
  static constexpr auto gels = LAPACKE_dgels;
  static constexpr auto gelsd = LAPACKE_dgelsd;
};

template <typename T>
struct Find : Routines<T> {
  // Uninitialized memory, which a vector would fill first.
  using Memory = std::unique_ptr<T[], decltype(&free)>;
  using R = Routines<T>;

  static Memory allocate(size_t count) {
    return Memory(static_cast<T*>(aligned_alloc(64, (count * sizeof(T) + 63) / 64 * 64)), free);
  }

  static Memory copy(const std::vector<T>& values) {
    Memory memory = allocate(values.size());
    memcpy(memory.get(), values.data(), values.size() * sizeof(T));
    return memory;
  }

  Operation operator()(const std::string& name, int n) {
    size_t count = size_t(n) * n;
    auto a = random<T>(count);
    if (name == "create") return [=] { keep(copy(a).get()); };
    if (name == "read") {
      return [=] {
        T sum = 0;
        for (int i = 0; i < n; i++)
          for (int j = 0; j < n; j++) sum += a[size_t(i) * n + j];
        keep(&sum);
      };
    }
    if (name == "write" || name == "write-rows") {
      auto m = std::make_shared<std::vector<T>>(a);
      return [=] {
        T* a = m->data();
        for (int i = 0; i < n; i++)
          for (int j = 0; j < n; j++) a[size_t(i) * n + j] = T(i + j);
        keep(a);
      };
    }
    if (name == "product" || name == "product-transposed") {
      auto b = random<T>(count, 2);
      auto transpose = name == "product" ? CblasNoTrans : CblasTrans;
      return [=] {
        Memory c = allocate(count);
        R::gemm(CblasRowMajor, transpose, CblasNoTrans, n, n, n, 1, a.data(), n, b.data(), n, 0, c.get(), n);
        keep(c.get());
      };
    }
    if (name == "product-vector") {
      auto x = random<T>(n, 3);
      return [=] {
        Memory y = allocate(n);
        R::gemv(CblasRowMajor, CblasNoTrans, n, n, 1, a.data(), n, x.data(), 1, 0, y.get(), 1);
        keep(y.get());
      };
    }
    if (auto operation = factorization(name, n, a)) return operation;
    return stack(name, n);
  }

  static std::vector<T> definite(const std::vector<T>& a, int n) {
    std::vector<T> m(a.size());
    R::gemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, n, n, n, T(1) / n, a.data(), n, a.data(), n, 0, m.data(), n);
    for (int i = 0; i < n; i++) m[size_t(i) * n + i] += 1;
    return m;
  }

  Operation factorization(const std::string& name, int n, const std::vector<T>& a) {
    size_t count = a.size();
    const auto order = LAPACK_COL_MAJOR;
    auto regular = a;
    for (T& x : regular) x /= std::sqrt(T(n));
    for (int i = 0; i < n; i++) regular[size_t(i) * n + i] += 1;
    if (name == "cholesky") {
      auto m = definite(a, n);
      return [=] { Memory l = copy(m); R::potrf(order, 'L', n, l.get(), n); keep(l.get()); };
    }
    if (name == "lu" || name == "inverse") {
      return [=] {
        Memory f = copy(regular);
        std::vector<lapack_int> pivots(n);
        R::getrf(order, n, n, f.get(), n, pivots.data());
        if (name == "inverse") R::getri(order, n, f.get(), n, pivots.data());
        keep(f.get());
      };
    }
    if (name == "qr") {
      return [=] {
        Memory q = copy(a), r = allocate(count), tau = allocate(n);
        R::geqrf(order, n, n, q.get(), n, tau.get());
        memcpy(r.get(), q.get(), count * sizeof(T));
        R::orgqr(order, n, n, n, q.get(), n, tau.get());
        keep(q.get());
        keep(r.get());
      };
    }
    if (name == "svd") {
      return [=] {
        Memory m = copy(a), u = allocate(count), v = allocate(count), s = allocate(n);
        R::gesdd(order, 'S', n, n, m.get(), n, s.get(), u.get(), n, v.get(), n);
        keep(u.get());
      };
    }
    if (name == "symmetric-eigen") {
      auto m = definite(a, n);
      return [=] {
        Memory vectors = copy(m), values = allocate(n);
        R::syevd(order, 'V', 'L', n, vectors.get(), n, values.get());
        keep(vectors.get());
      };
    }
    if (name == "eigen") {
      return [=] {
        Memory m = copy(a), real = allocate(n), imaginary = allocate(n), vectors = allocate(count);
        R::geev(
            order, 'N', 'V', n, m.get(), n, real.get(), imaginary.get(), nullptr, n, vectors.get(), n);
        keep(vectors.get());
      };
    }
    if (name == "solve") {
      auto b = random<T>(n, 3);
      return [=] {
        Memory f = copy(regular), x = copy(b);
        std::vector<lapack_int> pivots(n);
        R::gesv(order, n, 1, f.get(), n, pivots.data(), x.get(), n);
        keep(x.get());
      };
    }
    if (name == "least-squares-qr" || name == "least-squares-svd") {
      auto tall = random<T>(2 * count), b = random<T>(2 * n, 3);
      bool isQR = name == "least-squares-qr";
      return [=] {
        Memory m = copy(tall), x = copy(b), values = allocate(n);
        lapack_int rank;
        if (isQR) {
          R::gels(order, 'N', 2 * n, n, 1, m.get(), 2 * n, x.get(), 2 * n);
        } else {
          R::gelsd(order, 2 * n, n, 1, m.get(), 2 * n, x.get(), 2 * n, values.get(), -1, &rank);
        }
        keep(x.get());
      };
    }
    return nullptr;
  }

  Operation stack(const std::string& name, int n) {
    size_t count = size_t(n) * n;
    if (name == "stack-product") {
      auto a = random<T>(stackCount * count), b = random<T>(stackCount * count, 2);
      return [=] {
        Memory c = allocate(stackCount * count);
        for (size_t i = 0; i < stackCount * count; i += count) {
          R::gemm(
              CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, &a[i], n, &b[i], n, 0, c.get() + i, n);
        }
        keep(c.get());
      };
    }
    if (name == "stack-cholesky") {
      auto m = definite(random<T>(count), n);
      std::vector<T> a;
      for (int i = 0; i < stackCount; i++) a.insert(a.end(), m.begin(), m.end());
      return [=] {
        Memory l = copy(a);
        for (int i = 0; i < stackCount; i++) R::potrf(LAPACK_COL_MAJOR, 'L', n, l.get() + i * count, n);
        keep(l.get());
      };
    }
    if (name == "stack-lu") {
      auto a = random<T>(stackCount * count);
      return [=] {
        Memory f = copy(a);
        std::vector<lapack_int> pivots(stackCount * n);
        for (int i = 0; i < stackCount; i++) {
          R::getrf(LAPACK_COL_MAJOR, n, n, f.get() + i * count, n, &pivots[i * n]);
        }
        keep(f.get());
      };
    }
    return nullptr;
  }
};

int main() {
  std::ostringstream details;
  details << "\"openBLASCore\": \"" << openblas_get_corename()
          << "\", \"openBLASThreads\": " << openblas_get_num_threads();
  return serve<Find>(details.str());
}
