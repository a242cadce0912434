// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"
#include "core/store/Database.h"
#include "core/store/VirtualRows.h"

#include <map>
#include <span>
#include <vector>

namespace meteorograph {

/// One batch of a commit with its names resolved to the store's ids.
struct ResolvedBatch {
  const FileBatch *file = nullptr;
  std::vector<DeviceId> devices;  ///< Batch::devices → id
  std::vector<int> columns;       ///< Batch::quantities → index into CommitRows::quantities, or −1
  std::vector<int> sourceColumns; ///< CommitRows::quantities → Batch::quantities, or −1
  std::vector<std::uint8_t> late; ///< 1 or 0 a row; its other flags are in the batch
  TimeUs received_us = 0;         ///< for rows that nobody else received
  std::int64_t first_id = 0;      ///< bronze ids that its rows were given; 0 = none
  std::int64_t last_id = 0;
};

/// All rows of one commit, grouped by device and hour (each group is a run), in the order of the
/// files within a group.
struct CommitRows {
  struct Slot {
    std::uint32_t batch;
    std::uint32_t row;
  };
  struct Run {
    DeviceId device;
    std::int64_t hour;
    std::int64_t first_id;
    std::int64_t last_id;
    TimeUs first_us;
    TimeUs last_us;
  };
  std::vector<ResolvedBatch> batches;
  std::vector<Quantity> quantities; ///< that occur in the commit
  std::vector<Slot> order;
  std::vector<Run> runs;
  std::int64_t first_id = 0; ///< bronze id of order[0]

  /// Fills order, runs and the batches' ids.
  void group(std::int64_t next_id);
};

/// Puts rows into bronze and bronze_run. Belongs to the writer.
class BronzeInsert {
public:
  bool attach(Database &database);
  bool insert(Database &database, const CommitRows &rows);

private:
  VirtualRows m_rows;
  std::map<std::string, Statement> m_statements; ///< by the columns that they fill
  Statement m_run;
};

} // namespace meteorograph
