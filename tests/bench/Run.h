// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace meteorograph::bench {

enum class Size { Quick, Normal, Full };

/// One figure that the program can tell.
struct Figure {
  std::string name;
  std::string unit;
  std::string limit_name;      ///< what it is held against in the same run; empty: nothing
  Size smallest = Size::Quick; ///< the smallest size at which it is told
};

/// What a benchmark is given: how large to be, where to write, which figures are wanted. Figures go
/// to standard output, one JSON object a line. Belongs to one thread.
class Run {
public:
  Run(Size size, std::string folder, std::set<std::string> only)
      : m_size(size), m_folder(std::move(folder)), m_only(std::move(only)) {}

  Size size() const { return m_size; }
  bool isQuick() const { return m_size == Size::Quick; }
  /// A path inside the scratch folder.
  std::string path(const std::string &name) const { return m_folder + "/" + name; }
  bool wants(const Figure &figure) const;

  /// Tells the medians of both and value ÷ limit, if the figure is wanted. `limits` may be empty.
  void tell(const Figure &figure, const std::vector<double> &values, const std::vector<double> &limits) const;
  /// The same with what stands for all rounds already chosen.
  void tell(const Figure &figure, double value, double limit, const std::vector<double> &rounds) const;

private:
  Size m_size;
  std::string m_folder;
  std::set<std::string> m_only; ///< names of figures; empty: all
};

/// A few figures that are measured together, side by side.
struct Benchmark {
  std::vector<Figure> figures;
  void (*measure)(const Run &run) = nullptr;
};

// Each lives in the file of its name.
Benchmark ingestBench();
Benchmark smallFilesBench();
Benchmark liveLatencyBench();
Benchmark rescanBench();
Benchmark recognitionBench();
Benchmark chartQueryBench();
Benchmark storeOpenBench();
Benchmark csvExportBench();
Benchmark chartFrameBench();
Benchmark chartLiveBench();
Benchmark chartZoomBench();
Benchmark guiBlockBench();
Benchmark faultBlockBench();
Benchmark windowStartBench();

/// A measurement that cannot go on, or whose result is wrong, ends with this: no figure is better
/// than a false one.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};
void require(bool condition, const std::string &what);
template <class T> T require(Result<T> result) {
  if (!result)
    throw Failure(result.error().message);
  if constexpr (!std::is_void_v<T>)
    return std::move(*result);
}

} // namespace meteorograph::bench
