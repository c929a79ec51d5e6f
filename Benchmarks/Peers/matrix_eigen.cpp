// Eigen's operations on matrices; see matrix_peer.hpp. Row-major, as NumPy and Langevin are.

#include <Eigen/Dense>
#include <memory>

#include "matrix_peer.hpp"

using namespace Eigen;

template <typename T>
struct Find {
  using M = Matrix<T, Dynamic, Dynamic, RowMajor>;
  using V = Matrix<T, Dynamic, 1>;
  // Eigen factors column-major matrices faster.
  using F = Matrix<T, Dynamic, Dynamic>;
  using Mask = Array<bool, Dynamic, Dynamic, RowMajor>;

  static M matrix(int rows, int columns, unsigned seed = 1) {
    auto values = random<T>(size_t(rows) * columns, seed);
    return Map<M>(values.data(), rows, columns);
  }

  Operation operator()(const std::string& name, int n) {
    if (name.rfind("stack-", 0) == 0) return n == 16 ? stack<16>(name) : Operation();
    if (auto operation = elements(name, n)) return operation;
    if (auto operation = reduction(name, n)) return operation;
    return factorization(name, n);
  }

  Operation elements(const std::string& name, int n) {
    M a = matrix(n, n), b = matrix(n, n, 2), positive = a.array().abs() + T(0.5);
    if (name == "create") {
      auto values = random<T>(size_t(n) * n);
      return [=] { M m = Map<const M>(values.data(), n, n); keep(m.data()); };
    }
    if (name == "read") {
      return [=] {
        T sum = 0;
        for (Index i = 0; i < a.rows(); i++)
          for (Index j = 0; j < a.cols(); j++) sum += a(i, j);
        keep(&sum);
      };
    }
    if (name == "write" || name == "write-rows") {
      auto m = std::make_shared<M>(a);
      return [=] {
        M& a = *m;
        for (Index i = 0; i < a.rows(); i++)
          for (Index j = 0; j < a.cols(); j++) a(i, j) = T(i + j);
        keep(a.data());
      };
    }
    if (name == "transpose") return [=] { M m = a.transpose(); keep(m.data()); };
    if (name == "halve") return [=] { M m = a / T(2); keep(m.data()); };
    if (name == "add") return [=] { M m = a + b; keep(m.data()); };
    if (name == "map") return [=] { M m = a.unaryExpr([](T x) { return x * x + 1; }); keep(m.data()); };
    if (name == "compare") return [=] { Mask m = a.array() > 0; keep(m.data()); };
    if (name == "where") {
      Mask mask = a.array() > 0;
      return [=] { M m = mask.select(a, b); keep(m.data()); };
    }
    if (name == "exp") return [=] { M m = a.array().exp(); keep(m.data()); };
    if (name == "log") return [=] { M m = positive.array().log(); keep(m.data()); };
    if (name == "tanh") return [=] { M m = a.array().tanh(); keep(m.data()); };
    if (name == "sqrt") return [=] { M m = positive.array().sqrt(); keep(m.data()); };
    if (name == "product") return [=] { M m = a * b; keep(m.data()); };
    if (name == "product-transposed") return [=] { M m = a.transpose() * b; keep(m.data()); };
    if (name == "product-vector") {
      V x = matrix(n, 1, 3);
      return [=] { V y = a * x; keep(y.data()); };
    }
    return nullptr;
  }

  Operation reduction(const std::string& name, int n) {
    M a = matrix(n, n);
    if (name == "sum") return [=] { T sum = a.sum(); keep(&sum); };
    if (name == "row-sums") return [=] { V sums = a.rowwise().sum(); keep(sums.data()); };
    if (name == "column-sums") return [=] { V sums = a.colwise().sum(); keep(sums.data()); };
    if (name == "variance") {
      return [=] { T variance = (a.array() - a.mean()).square().mean(); keep(&variance); };
    }
    if (name == "maximum") return [=] { T maximum = a.maxCoeff(); keep(&maximum); };
    if (name == "argmax") {
      return [=] { Index i, j; T maximum = a.maxCoeff(&i, &j); keep(&i); keep(&j); keep(&maximum); };
    }
    if (name == "row-argmax") {
      return [=] {
        std::vector<Index> places(a.rows());
        for (Index i = 0; i < a.rows(); i++) a.row(i).maxCoeff(&places[i]);
        keep(places.data());
      };
    }
    if (name == "cumulative") {
      return [=] {
        M m = a;
        for (Index i = 0; i < m.rows(); i++) std::partial_sum(&m(i, 0), &m(i, 0) + m.cols(), &m(i, 0));
        keep(m.data());
      };
    }
    if (name == "sort") {
      return [=] {
        M m = a;
        for (Index i = 0; i < m.rows(); i++) std::sort(&m(i, 0), &m(i, 0) + m.cols());
        keep(m.data());
      };
    }
    return nullptr;
  }

  Operation factorization(const std::string& name, int n) {
    F a = matrix(n, n);
    F identity = F::Identity(n, n);
    F definite = a * a.transpose() / T(n) + identity;
    F regular = a / std::sqrt(T(n)) + identity;
    V b = matrix(n, 1, 3);
    if (name == "cholesky") return [=] { LLT<F> f(definite); keep(f.matrixLLT().data()); };
    if (name == "lu") return [=] { PartialPivLU<F> f(regular); keep(f.matrixLU().data()); };
    if (name == "qr") {
      return [=] {
        HouseholderQR<F> f(a);
        F q = f.householderQ() * F::Identity(n, n);
        keep(q.data());
        F r = f.matrixQR().template triangularView<Upper>();
        keep(r.data());
      };
    }
    if (name == "svd") {
      return [=] { BDCSVD<F> f(a, ComputeThinU | ComputeThinV); keep(f.matrixU().data()); };
    }
    if (name == "symmetric-eigen") {
      return [=] { SelfAdjointEigenSolver<F> f(definite); keep(f.eigenvectors().data()); };
    }
    if (name == "eigen") {
      return [=] { EigenSolver<F> f(a); auto vectors = f.eigenvectors(); keep(vectors.data()); };
    }
    if (name == "solve") return [=] { V x = regular.partialPivLu().solve(b); keep(x.data()); };
    if (name == "inverse") return [=] { F m = regular.inverse(); keep(m.data()); };
    F tall = matrix(2 * n, n);
    V right = matrix(2 * n, 1, 3);
    if (name == "least-squares-qr") {
      return [=] { V x = tall.householderQr().solve(right); keep(x.data()); };
    }
    if (name == "least-squares-svd") {
      return [=] { V x = tall.bdcSvd(ComputeThinU | ComputeThinV).solve(right); keep(x.data()); };
    }
    return nullptr;
  }

  template <int n>
  Operation stack(const std::string& name) {
    using S = Matrix<T, n, n, RowMajor>;
    using Stack = std::vector<S, aligned_allocator<S>>;
    auto make = [](unsigned seed) {
      Stack stack(stackCount);
      for (S& matrix : stack) {
        auto values = random<T>(n * n, seed++);
        matrix = Map<S>(values.data());
      }
      return stack;
    };
    Stack a = make(1), b = make(1 + stackCount);
    if (name == "stack-product") {
      return [=] {
        Stack c(stackCount);
        for (int i = 0; i < stackCount; i++) c[i].noalias() = a[i] * b[i];
        keep(c.data());
      };
    }
    if (name == "stack-cholesky") {
      for (S& m : a) m = (m * m.transpose() / T(n) + S::Identity()).eval();
      return [=] {
        Stack l(stackCount);
        for (int i = 0; i < stackCount; i++) l[i] = LLT<S>(a[i]).matrixL();
        keep(l.data());
      };
    }
    if (name == "stack-lu") {
      return [=] {
        std::vector<PartialPivLU<S>> factors(stackCount);
        for (int i = 0; i < stackCount; i++) factors[i].compute(a[i]);
        keep(factors.data());
      };
    }
    return nullptr;
  }
};

int main() {
  std::ostringstream details;
  details << "\"version\": \"" << EIGEN_WORLD_VERSION << "." << EIGEN_MAJOR_VERSION << "."
          << EIGEN_MINOR_VERSION << "\", \"instructions\": \"" << SimdInstructionSetsInUse() << "\"";
  return serve<Find>(details.str());
}
