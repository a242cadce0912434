// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "core/model/Retention.h"
#include "core/store/Database.h"

#include <string>

namespace meteorograph {

/// Rows and bytes of each layer. Rows of bronze and silver are kept count of; those of the rollups are
/// estimated from some of their hours. Bytes are rows times what a row takes on the first pages of its
/// tables, and together never more than the file holds. Reads some hundred pages, however large the
/// store is.
struct LayerSize {
  std::int64_t rows = 0;
  double row_bytes = 0;
  std::int64_t bytes() const { return static_cast<std::int64_t>(static_cast<double>(rows) * row_bytes); }
};
struct StoreSizes {
  std::array<LayerSize, 3> layers;
  std::int64_t page_bytes = 0;
  std::int64_t store_bytes = 0;
  std::int64_t free_bytes = 0;
  std::int64_t used_bytes() const { return store_bytes - free_bytes; }
  std::int64_t usedPages() const { return page_bytes > 0 ? used_bytes() / page_bytes : 0; }
  const LayerSize &of(StoreLayer layer) const { return layers[static_cast<std::size_t>(layer)]; }
};
StoreSizes measureSizes(Database &database);

RetentionSettings readRetentionSettings(Database &database);

/// Everything about retention. `asked`: settings whose effect is to be foretold; absent: those of the
/// store. Fails where the store cannot be read.
Result<RetentionStatus> readRetention(Database &database, const std::string &path,
                                      const std::optional<RetentionSettings> &asked, TimeUs now);

/// The horizon that an age asks for: bronze's and silver's at a whole hour, the rollups' at a whole
/// day. kNoHorizon where nothing asks for one.
std::int64_t horizonOfAge(Database &database, StoreLayer layer, const LayerLimits &limits, TimeUs now);
/// Where a layer begins: its oldest row, in seconds, at a whole hour or day as its horizon.
std::optional<std::int64_t> oldestOf(Database &database, StoreLayer layer);
/// What a horizon is a multiple of, in seconds.
std::int64_t horizonStep(StoreLayer layer);

} // namespace meteorograph
