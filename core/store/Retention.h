// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Retention.h"
#include "core/store/StoreSize.h"
#include "core/store/StoreWriter.h"

namespace meteorograph {

/// Gives up what the store's settings do not keep, in steps small enough to come between two commits:
/// each is one short transaction, or gives a few free pages back to the disk. Oldest first; a horizon
/// is raised in the transaction that takes the first rows before it. Cut short anywhere, the next step
/// goes on. Lives on the writer's thread, no longer than its writer.
class Retention {
public:
  explicit Retention(StoreWriter &writer) : m_writer(writer), m_database(writer.m_database) {}

  /// Refuses settings that checkRetention() refuses. Leaves a "note" event.
  Result<void> change(const RetentionSettings &settings);

  /// Looks what is to be given up now: ages count back from the newest reading or now, whichever is
  /// earlier; sizes are as measured on any connection. Where the store cannot be read nothing is planned.
  Result<void> plan(const StoreSizes &sizes, TimeUs now);
  Result<StoreSizes> sizes();

  struct Step {
    std::array<std::int64_t, 3> rows{}; ///< given up, of each layer
    std::int64_t pages = 0;             ///< given back to the disk
    bool more = false;                  ///< something is left to do of what was planned
  };
  /// Gives up about `rows` rows of one layer; when there are none left, gives back as many pages as
  /// these would fill, as long as more than `spare_pages` are free.
  Result<Step> step(std::int64_t rows, std::int64_t spare_pages);

private:
  struct Due {
    StoreLayer layer;
    std::int64_t device = 0;
    const char *table = nullptr; ///< of windows
  };
  void planNothing();
  bool advance();
  bool raise(StoreLayer layer, std::int64_t horizon_s);
  std::int64_t ceiling(StoreLayer layer) const;
  std::optional<Due> findDue(StoreLayer layer);
  bool giveUp(const Due &due, std::int64_t rows, Step &step);
  bool giveUpReadings(const Due &due, std::int64_t rows, std::int64_t &deleted);
  bool giveUpWindows(const Due &due, std::int64_t rows, std::int64_t &deleted);
  bool account(StoreLayer layer, std::int64_t rows);
  bool forgetOldTimes();

  StoreWriter &m_writer;
  Database &m_database;
  std::array<std::int64_t, 3> m_targets{kNoHorizon, kNoHorizon, kNoHorizon}; ///< by age
  std::array<std::int64_t, 3> m_latest{kNoHorizon, kNoHorizon, kNoHorizon};  ///< no size goes further
  std::array<std::int64_t, 3> m_excess{};                                    ///< rows, by size
  std::array<std::int64_t, 3> m_cleanTo{kNoHorizon, kNoHorizon, kNoHorizon}; ///< nothing is left before
};

} // namespace meteorograph
