// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/pipeline/FaultMarks.h"
#include "core/pipeline/MovingAverage.h"
#include "core/pipeline/SeriesFold.h"
#include "core/store/Database.h"

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace meteorograph {

/// Folds windows into lines from within SQLite, as an aggregate function: a chart reads thousands of
/// rows, and handing each of them out, cell by cell, takes longer than all the rest. Belongs to the
/// thread of its Database, which must not outlive it.
class WindowFold {
public:
  /// A device's quantity on its way into pixel columns.
  struct Line {
    SeriesFold fold;
    MovingAverage average;
    FaultMarks faults;
  };

  bool attach(Database &database);
  /// What to SELECT from a table of windows, whose rows must come in time order. An unknown
  /// quantity gives an empty line.
  static std::string terms(const std::vector<std::optional<Quantity>> &quantities);
  /// Runs a SELECT of these terms; there must be a line for each quantity. False on an error, and
  /// when `cancelled`, which is looked at often, has become true.
  bool run(Statement &select, std::vector<Line> &lines, const std::atomic<bool> *cancelled);

private:
  static void step(sqlite3_context *context, int count, sqlite3_value **values);

  std::vector<Line> *m_lines = nullptr;
  const std::atomic<bool> *m_cancelled = nullptr;
  int m_seen = 0;
};

} // namespace meteorograph
