// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/readers/TextReader.h"
#include "core/source/sqlite/SensorTable.h"

#include <cstdint>
#include <limits>

namespace meteorograph {

/// The rows of a SQLite database's table of readings (WeeWX's archive, or whatever holds some) as one
/// JSON object a line, in the order of their row ids; blobs are left out. So a row that is added is
/// text that has grown. The database may be in use: it is locked for one piece at a time only, and
/// while somebody else locks it, reading fails and is tried again. core/store has the only SQL of our
/// own data; this is a foreign format like any other.
class SqliteReader final : public TextReader {
public:
  explicit SqliteReader(std::unique_ptr<ByteReader> file) : TextReader(std::move(file)) {}
  /// Known once something was read.
  std::string refusal() const override { return m_refusal; }

private:
  Result<void> produce(std::string &text) override;
  void begin() override { m_last = kBeforeAll; }
  Result<void> open();
  void appendRow(std::string &text) const;

  static constexpr std::int64_t kBeforeAll = std::numeric_limits<std::int64_t>::min();
  std::unique_ptr<ForeignDatabase> m_database;
  SensorTable m_table;
  ForeignQuery m_rows;
  std::int64_t m_last = kBeforeAll; ///< row id
  std::string m_refusal;
};

} // namespace meteorograph
