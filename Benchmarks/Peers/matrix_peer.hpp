// The code that the peers in C++ share: they measure one operation at a time.
//
// Each line of standard input is a request, `OPERATION TYPE SIZE SECONDS`, such as `exp float 1000 0.02`. Each
// answer is a JSON object on one line of standard output: the seconds of one call, or null for an operation that
// the peer does not have.

#pragma once

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

using Operation = std::function<void()>;
constexpr int stackCount = 4096;

// Makes the compiler compute the memory that `pointer` points to.
inline void keep(const void* pointer) { asm volatile("" : : "r"(pointer) : "memory"); }

// Returns uniform numbers on [-1, 1).
template <typename T>
std::vector<T> random(size_t count, unsigned seed = 1) {
  std::mt19937_64 bits(seed);
  std::uniform_real_distribution<T> uniform(-1, 1);
  std::vector<T> values(count);
  for (T& value : values) value = uniform(bits);
  return values;
}

inline double timed(int calls, const Operation& operation) {
  auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; i++) operation();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Returns the seconds of one call, the median over as many batches as fit in `seconds`.
inline double measure(int batch, const Operation& operation, double seconds) {
  std::vector<double> times;
  double total = 0;
  do {
    double taken = timed(batch, operation);
    times.push_back(taken / batch);
    total += taken;
  } while (total < seconds);
  std::sort(times.begin(), times.end());
  return (times[(times.size() - 1) / 2] + times[times.size() / 2]) / 2;
}

// Answers requests until the end of standard input. `Find<T>()(name, size)` returns an operation, or nothing.
template <template <typename> class Find>
int serve(const std::string& details) {
  std::cout << "{\"ready\": true, " << details << "}" << std::endl;
  std::string line, work;
  Operation operation;
  int batch = 1;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string name, kind;
    int size;
    double seconds;
    words >> name >> kind >> size >> seconds;
    std::string wanted = name + " " + kind + " " + std::to_string(size);
    if (wanted != work) {
      // Free the operands of the last operation first.
      work = wanted;
      operation = nullptr;
      operation = kind == "float" ? Find<float>()(name, size) : Find<double>()(name, size);
      // Reading the clock must not count.
      if (operation) batch = std::max(1, int(50e-6 / std::max(timed(1, operation), 1e-9)));
    }
    std::cout << "{\"seconds\": ";
    if (operation) {
      std::cout << measure(batch, operation, seconds);
    } else {
      std::cout << "null";
    }
    std::cout << "}" << std::endl;
  }
  return 0;
}
