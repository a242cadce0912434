// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "core/model/Time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// What is kept for different times: readings, windows of a second, and all wider windows together.
/// Each outlives the one before it.
enum class StoreLayer { Bronze, Silver, Rollups };
inline constexpr std::array<StoreLayer, 3> kStoreLayers{StoreLayer::Bronze, StoreLayer::Silver,
                                                        StoreLayer::Rollups};
const char *toString(StoreLayer layer); ///< "bronze", "silver", "rollups"

/// What one layer keeps at most; where both are given, what either allows less of. An age counts back
/// from the newest reading of the store (or from now, if that is earlier): a store that gets nothing
/// new gives up nothing.
struct LayerLimits {
  std::optional<TimeUs> age_us;
  std::optional<std::int64_t> bytes;
  bool off() const { return !age_us && !bytes; }
  bool operator==(const LayerLimits &) const = default;
};

/// Reads `off`, `30d`, `20GB` or `30d,20GB`: h, d, w, y; kB, MB, GB, TB of powers of 1000. Fails with
/// Usage.
Result<LayerLimits> parseLimits(std::string_view text);
/// The same text: `off`, `30d`, `30d,20GB`.
std::string toString(const LayerLimits &limits);

/// Of a whole store; kept in it. By default everything is kept.
struct RetentionSettings {
  std::array<LayerLimits, 3> layers;
  LayerLimits &of(StoreLayer layer) { return layers[static_cast<std::size_t>(layer)]; }
  const LayerLimits &of(StoreLayer layer) const { return layers[static_cast<std::size_t>(layer)]; }
  bool off() const { return layers[0].off() && layers[1].off() && layers[2].off(); }
  bool operator==(const RetentionSettings &) const = default;
};
/// Rollups outlive silver, silver outlives bronze: fails with Usage and one line where these settings
/// say otherwise.
Result<void> checkRetention(const RetentionSettings &settings);

/// One layer as it is. Bytes are estimates (rows times their size on some pages); rows of bronze and
/// silver are exact.
struct LayerStatus {
  LayerLimits limits;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  double bytes_per_day = 0;          ///< net growth; see RetentionStatus::growth_span_us
  TimeUs horizon_us = kNoTime;       ///< what was before has been given up
  std::int64_t rows_deleted = 0;     ///< ever
  std::int64_t too_late = 0;         ///< readings that came when their time had been given up
  std::int64_t doomed_rows = 0;      ///< about what the settings asked for would give up now
  std::int64_t doomed_bytes = 0;     ///< the same
  TimeUs doomed_before_us = kNoTime; ///< the same: the new horizon
};

/// What a store keeps, how it grows, and how long the disk lasts.
struct RetentionStatus {
  std::array<LayerStatus, 3> layers;
  std::int64_t store_bytes = 0; ///< the file, without its log
  std::int64_t free_bytes = 0;  ///< of the file: used again, or given back to the disk
  std::int64_t wal_bytes = 0;
  std::int64_t other_bytes = 0; ///< files, quarantine, events …
  std::int64_t disk_free_bytes = 0;
  bool gives_back = false;    ///< false: a store of an earlier version, whose file never shrinks
  TimeUs growth_span_us = 0;  ///< the time over which growth was seen; 0: not known yet
  double bytes_per_day = 0;   ///< net growth of all
  double days_until_full = 0; ///< see forecast
  enum class Forecast { Unknown, NotWithinAYear, Days };
  Forecast forecast = Forecast::Unknown;
  /// The disk is full within a fortnight.
  bool warns() const { return forecast == Forecast::Days && days_until_full < 14; }
  RetentionSettings settings() const;
  const LayerStatus &of(StoreLayer layer) const { return layers[static_cast<std::size_t>(layer)]; }
  LayerStatus &of(StoreLayer layer) { return layers[static_cast<std::size_t>(layer)]; }
};

} // namespace meteorograph
