// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "core/model/Result.h"
#include "core/store/Database.h"

namespace meteorograph {

/// Reads what a store says of itself, apart from its path and size, in one snapshot. It reads sums
/// that commits keep, and a few rows a device, so that it takes as long at any size of the store.
/// Belongs to the thread of its Database.
class OverviewQuery {
public:
  explicit OverviewQuery(Database &database) : m_database(database) {}
  Result<Overview> run();

private:
  bool readTotals(Overview &out);
  void readDevices(Overview &out);
  void countProvisional(Overview &out);
  void readSources(Overview &out);
  void countFiles(SourceStatus &source, Statement &folders, Statement &files);
  void readReasons(Overview &out);

  Database &m_database;
};

} // namespace meteorograph
