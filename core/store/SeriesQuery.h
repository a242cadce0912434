// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "core/model/Series.h"
#include "core/store/Database.h"
#include "core/store/WindowFold.h"

#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace meteorograph {

/// Answers chart queries from the coarsest level that still has a bucket for each pixel column, or
/// from bronze where a column is much narrower than a window and the readings are few. Belongs to
/// the thread of its Database; keeps its statements prepared.
class SeriesQuery {
public:
  explicit SeriesQuery(Database &database);
  SeriesQuery(const SeriesQuery &) = delete;
  SeriesQuery &operator=(const SeriesQuery &) = delete;

  Result<SeriesSet> run(const SeriesRequest &request, const std::atomic<bool> *cancelled);

private:
  struct Plan;
  Plan planFor(const SeriesRequest &request);
  bool readWindows(const SeriesRequest &request, const Plan &plan, std::size_t device, SeriesSet &out);
  bool readReadings(const SeriesRequest &request, const Plan &plan, std::size_t device, SeriesSet &out);
  std::int64_t heldFrom(const std::string &table, DeviceId device, std::int64_t from_s,
                        const std::vector<std::optional<Quantity>> &quantities);
  Statement &statement(const std::string &sql);

  Database &m_database;
  WindowFold m_windows;
  std::map<std::string, Statement> m_statements;
};

} // namespace meteorograph
