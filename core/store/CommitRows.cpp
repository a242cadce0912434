// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/CommitRows.h"

#include "core/store/Levels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace meteorograph {

namespace {

constexpr TimeUs kRunUs = kRunSeconds * kSecond;

struct RunKey {
  DeviceId device;
  std::int64_t hour;
  bool operator==(const RunKey &) const = default;
};
struct RunHash {
  std::size_t operator()(const RunKey &key) const {
    return static_cast<std::size_t>(static_cast<std::uint64_t>(key.device) * 0x9e3779b97f4a7c15U ^
                                    static_cast<std::uint64_t>(key.hour) * 0xff51afd7ed558ccdU);
  }
};
/// Readings of a device mostly fall into the hour of the one before.
struct Guess {
  std::int64_t hour = std::numeric_limits<std::int64_t>::min();
  std::uint32_t run = 0;
};

} // namespace

void CommitRows::clear() {
  batches.clear();
  quantities.clear();
  rows.clear();
  values.clear();
  rescued.clear();
  flags = 0;
  runs.clear();
}

void CommitRows::arrange(std::int64_t next_id) {
  first_id = next_id;
  assignRuns();
  placeRuns();
  placeRows();
}

/// Until they are placed a run's ids count its rows from 1.
void CommitRows::assignRuns() {
  std::unordered_map<RunKey, std::uint32_t, RunHash> index;
  std::vector<Guess> guesses;
  m_runOfRow.clear();
  for (const ResolvedBatch &resolved : batches) {
    guesses.assign(resolved.devices.size(), {});
    for (const ReadingRow &row : resolved.file->batch.rows) {
      const auto device = static_cast<std::size_t>(row.device);
      const std::int64_t hour = floorTo(row.event_time_us, kRunUs) / kRunUs;
      Guess &guess = guesses[device];
      if (guess.hour != hour) {
        const RunKey key{resolved.devices[device], hour};
        const auto [entry, fresh] = index.try_emplace(key, static_cast<std::uint32_t>(runs.size()));
        if (fresh)
          runs.push_back({key.device, hour, 1, 0, row.event_time_us, row.event_time_us});
        guess = {hour, entry->second};
      }
      Run &run = runs[guess.run];
      run.first_us = std::min(run.first_us, row.event_time_us);
      run.last_us = std::max(run.last_us, row.event_time_us);
      ++run.last_id;
      m_runOfRow.push_back(guess.run);
    }
  }
}

void CommitRows::placeRuns() {
  std::vector<std::uint32_t> order(runs.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
    return runs[a].device != runs[b].device ? runs[a].device < runs[b].device : runs[a].hour < runs[b].hour;
  });
  std::vector<Run> sorted;
  sorted.reserve(runs.size());
  m_nextOfRun.resize(runs.size());
  std::int64_t at = first_id;
  for (const std::uint32_t index : order) {
    Run run = runs[index];
    const std::int64_t count = run.last_id;
    run.first_id = m_nextOfRun[index] = at;
    at += count;
    run.last_id = at - 1;
    sorted.push_back(run);
  }
  runs.swap(sorted);
}

void CommitRows::placeRows() {
  rows.resize(m_runOfRow.size());
  values.assign(rows.size() * quantities.size(), std::numeric_limits<double>::quiet_NaN());
  std::size_t seen = 0;
  for (ResolvedBatch &resolved : batches) {
    const Batch &batch = resolved.file->batch;
    const auto texts = static_cast<std::int32_t>(rescued.size());
    rescued.insert(rescued.end(), batch.rescued.begin(), batch.rescued.end());
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
      const ReadingRow &row = batch.rows[i];
      const std::int64_t id = m_nextOfRun[m_runOfRow[seen++]]++;
      resolved.first_id = resolved.first_id == 0 ? id : std::min(resolved.first_id, id);
      resolved.last_id = std::max(resolved.last_id, id);
      rows[indexOf(id)] = {row.event_time_us,
                           row.received_time_us == kNoTime ? resolved.received_us : row.received_time_us,
                           row.line,
                           row.offset,
                           row.message_id,
                           resolved.file->checkpoint.id,
                           resolved.devices[static_cast<std::size_t>(row.device)],
                           row.rescued < 0 ? -1 : texts + row.rescued,
                           row.flags};
      flags |= row.flags;
      placeValues(resolved, i, indexOf(id));
    }
  }
}

void CommitRows::placeValues(const ResolvedBatch &resolved, std::size_t from, std::size_t to) {
  const double *source = resolved.file->batch.valuesOf(from);
  double *target = values.data() + to * quantities.size();
  for (std::size_t column = 0; column < resolved.columns.size(); ++column)
    if (resolved.columns[column] >= 0)
      target[resolved.columns[column]] = source[column];
}

WindowSet CommitRows::windows(std::size_t &run) const {
  // At a reading a second windows are as many as readings, and larger: some at a time stay in the
  // processor's cache, and memory is bounded.
  constexpr std::size_t kRowsATime = 16'384;
  WindowSet windows(quantities.size());
  for (std::int64_t taken = 0; run < runs.size() && taken < std::int64_t{kRowsATime}; ++run) {
    addWindows(runs[run], windows);
    taken += runs[run].last_id - runs[run].first_id + 1;
  }
  return windows;
}

/// Rows of a run follow each other in time, mostly.
void CommitRows::addWindows(const Run &run, WindowSet &windows) const {
  const std::size_t first = windows.size();
  bool ordered = true;
  std::int64_t second = std::numeric_limits<std::int64_t>::min();
  std::size_t window = 0;
  for (std::size_t i = indexOf(run.first_id); i <= indexOf(run.last_id); ++i) {
    const std::int64_t start = floorTo(rows[i].event_time_us, kSecond) / kSecond;
    if (start != second) {
      ordered = ordered && start > second;
      window = windows.append(run.device, start);
      second = start;
    }
    windows.addLate(window, rows[i].flags & kLateReading);
    const double *row = values.data() + i * quantities.size();
    for (std::size_t quantity = 0; quantity < quantities.size(); ++quantity)
      if (!std::isnan(row[quantity]))
        windows.aggregate(window, quantity).add(row[quantity]);
  }
  if (!ordered)
    windows.sortFrom(first);
}

} // namespace meteorograph
