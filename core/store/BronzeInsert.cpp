// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/BronzeInsert.h"

#include "core/store/Levels.h"

#include <cmath>
#include <unordered_map>

namespace meteorograph {

namespace {

constexpr int kFixedColumns = 10;
/// Statements kept prepared; files of very many shapes only prepare more often.
constexpr std::size_t kMaxStatements = 64;

void resultOf(sqlite3_context *result, double value) {
  if (std::isnan(value))
    sqlite3_result_null(result);
  else
    sqlite3_result_double(result, value);
}

void cell(const void *rows, std::int64_t index, int column, sqlite3_context *result) {
  const auto &commit = *static_cast<const CommitRows *>(rows);
  const CommitRows::Slot slot = commit.order[static_cast<std::size_t>(index)];
  const ResolvedBatch &resolved = commit.batches[slot.batch];
  const Batch &batch = resolved.file->batch;
  const ReadingRow &row = batch.rows[slot.row];
  switch (column) {
  case 0:
    sqlite3_result_int64(result, commit.first_id + index);
    break;
  case 1:
    sqlite3_result_int64(result, resolved.file->checkpoint.id);
    break;
  case 2:
    sqlite3_result_int64(result, row.line);
    break;
  case 3:
    sqlite3_result_int64(result, row.offset);
    break;
  case 4:
    sqlite3_result_int64(result, resolved.devices[static_cast<std::size_t>(row.device)]);
    break;
  case 5:
    if (row.message_id != kNoMessageId)
      sqlite3_result_int64(result, row.message_id);
    break;
  case 6:
    sqlite3_result_int64(result, row.event_time_us);
    break;
  case 7:
    sqlite3_result_int64(result,
                         row.received_time_us == kNoTime ? resolved.received_us : row.received_time_us);
    break;
  case 8:
    sqlite3_result_int(result, row.flags | resolved.late[slot.row]);
    break;
  case 9:
    if (row.rescued >= 0) {
      const std::string &text = batch.rescued[static_cast<std::size_t>(row.rescued)];
      sqlite3_result_text(result, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    break;
  default: {
    const int from = resolved.sourceColumns[static_cast<std::size_t>(column - kFixedColumns)];
    if (from >= 0)
      resultOf(result, batch.value(slot.row, static_cast<std::size_t>(from)));
  }
  }
}

} // namespace

void CommitRows::group(std::int64_t next_id) {
  struct Key {
    DeviceId device;
    std::int64_t hour;
    bool operator==(const Key &) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key &key) const {
      return static_cast<std::size_t>(static_cast<std::uint64_t>(key.device) * 0x9e3779b97f4a7c15U ^
                                      static_cast<std::uint64_t>(key.hour) * 0xff51afd7ed558ccdU);
    }
  };
  std::unordered_map<Key, std::uint32_t, Hash> groups;
  std::vector<std::uint32_t> groupOfRow;
  std::vector<std::int64_t> sizes;
  for (const ResolvedBatch &resolved : batches)
    for (const ReadingRow &row : resolved.file->batch.rows) {
      const Key key{resolved.devices[static_cast<std::size_t>(row.device)],
                    floorTo(row.event_time_us, kRunSeconds * kSecond) / (kRunSeconds * kSecond)};
      const auto [entry, fresh] = groups.try_emplace(key, static_cast<std::uint32_t>(runs.size()));
      if (fresh) {
        runs.push_back({key.device, key.hour, 0, 0, row.event_time_us, row.event_time_us});
        sizes.push_back(0);
      }
      CommitRows::Run &run = runs[entry->second];
      run.first_us = std::min(run.first_us, row.event_time_us);
      run.last_us = std::max(run.last_us, row.event_time_us);
      ++sizes[entry->second];
      groupOfRow.push_back(entry->second);
    }
  first_id = next_id;
  std::int64_t at = next_id;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    runs[i].first_id = at;
    at += sizes[i];
    runs[i].last_id = runs[i].first_id - 1; // grows as rows are placed
  }
  order.resize(groupOfRow.size());
  std::size_t seen = 0;
  for (std::uint32_t b = 0; b < batches.size(); ++b) {
    ResolvedBatch &resolved = batches[b];
    for (std::uint32_t r = 0; r < resolved.file->batch.rows.size(); ++r) {
      const std::int64_t id = ++runs[groupOfRow[seen++]].last_id;
      order[static_cast<std::size_t>(id - next_id)] = {b, r};
      resolved.first_id = resolved.first_id == 0 || id < resolved.first_id ? id : resolved.first_id;
      resolved.last_id = id > resolved.last_id ? id : resolved.last_id;
    }
  }
}

bool BronzeInsert::attach(Database &database) {
  m_run = database.prepare("INSERT INTO bronze_run(device_id, hour, first_id, last_id, first_us, last_us)"
                           " VALUES(?, ?, ?, ?, ?, ?)");
  return m_run && m_rows.registerAs(database.handle(), "commit_rows",
                                    kFixedColumns + static_cast<int>(kMaxQuantities));
}

bool BronzeInsert::insert(Database &database, const CommitRows &rows) {
  if (rows.order.empty())
    return true;
  std::string into = "INSERT INTO bronze(id, file_id, line, \"offset\", device_id, message_id, event_time_us,"
                     " received_time_us, flags, rescued";
  std::string from = ") SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9";
  int column = kFixedColumns;
  for (const Quantity &quantity : rows.quantities) {
    into += ", " + quotedName(quantity.column);
    from += ", c" + std::to_string(column++);
  }
  if (m_statements.size() > kMaxStatements)
    m_statements.clear();
  auto [entry, fresh] = m_statements.try_emplace(into);
  if (fresh || !entry->second)
    entry->second = database.prepare(into + from + " FROM commit_rows");
  m_rows.show(&rows, static_cast<std::int64_t>(rows.order.size()), cell);
  if (!entry->second || !entry->second.run())
    return false;
  for (const CommitRows::Run &run : rows.runs) {
    m_run.bind(1, run.device).bind(2, run.hour).bind(3, run.first_id).bind(4, run.last_id);
    if (!m_run.bind(5, run.first_us).bind(6, run.last_us).run())
      return false;
  }
  return true;
}

} // namespace meteorograph
