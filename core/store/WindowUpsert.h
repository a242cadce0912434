// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pipeline/WindowSet.h"
#include "core/store/Database.h"
#include "core/store/Levels.h"
#include "core/store/VirtualRows.h"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace meteorograph {

/// Folds windows into silver and every rollup. Belongs to the writer.
class WindowUpsert {
public:
  bool attach(Database &database);
  /// `windows` are 1 s windows of `quantities`, sorted. Adds to `added` how many of them silver did not
  /// have yet.
  bool upsert(Database &database, const WindowSet &windows, const std::vector<Quantity> &quantities,
              std::int64_t &added);

private:
  using Statements = std::array<Statement, kLevels.size()>;
  Statements &statements(Database &database, const std::vector<Quantity> &quantities);

  VirtualRows m_rows;
  std::map<std::vector<std::string>, Statements> m_statements; ///< by the quantities' columns
  std::int64_t m_merged = 0;                                   ///< windows that were there already
};

} // namespace meteorograph
