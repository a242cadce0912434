// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"
#include "core/pipeline/WindowSet.h"

#include <string_view>
#include <vector>

namespace meteorograph {

/// One batch of a commit with its names resolved to the store's ids.
struct ResolvedBatch {
  const FileBatch *file = nullptr;
  std::vector<DeviceId> devices; ///< Batch::devices → id
  std::vector<int> columns;      ///< Batch::quantities → index into CommitRows::quantities, or −1
  TimeUs received_us = 0;        ///< for rows that nobody else received
  std::int64_t late = 0;         ///< how many of its rows came late
  std::int64_t first_id = 0;     ///< bronze ids that its rows were given; 0 = none
  std::int64_t last_id = 0;
};

/// All readings that are inserted together, as bronze takes them: one behind the other in memory,
/// grouped by device and hour (each group is a run), in the order of the files within a group. What
/// follows reads them once from front to back, which is what a processor does fast. Belongs to the
/// writer, which uses one object for all commits.
class CommitRows {
public:
  struct Row {
    TimeUs event_time_us;
    TimeUs received_time_us;
    std::int64_t line;
    std::int64_t offset;
    std::int64_t message_id;
    std::int64_t file_id;
    DeviceId device;
    std::int32_t rescued; ///< index into rescued, or −1
    std::uint8_t flags;
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
  std::vector<Row> rows;
  std::vector<double> values; ///< rows × quantities; NaN means absent
  std::vector<std::string_view> rescued;
  std::uint8_t flags = 0;    ///< those that any of the rows has
  std::vector<Run> runs;     ///< by device and hour
  std::int64_t first_id = 0; ///< bronze id of rows[0]; the others follow it

  /// Fills what stands below quantities from the batches, and the batches' ids.
  void arrange(std::int64_t next_id);
  /// The 1 s windows of some runs, from number `run` on, which then is that of the first one left.
  WindowSet windows(std::size_t &run) const;
  /// Keeps its memory for the next commit.
  void clear();

private:
  void assignRuns();
  void placeRuns();
  void placeRows();
  void placeValues(const ResolvedBatch &resolved, std::size_t from, std::size_t to);
  void addWindows(const Run &run, WindowSet &windows) const;
  std::size_t indexOf(std::int64_t id) const { return static_cast<std::size_t>(id - first_id); }

  std::vector<std::uint32_t> m_runOfRow; ///< in the order of the batches
  std::vector<std::int64_t> m_nextOfRun; ///< id of the next row that is placed
};

} // namespace meteorograph
