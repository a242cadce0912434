// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Database.h"

#include <functional>
#include <string>
#include <vector>

namespace meteorograph {

/// A table of a damaged store, read around what cannot be read: upwards to the damage, downwards to it from
/// the other side, and what lies between halved again and again. Belongs to the thread of its Database.
class DamagedTable {
public:
  /// The rows of `table` where `condition` holds, by an integer `key` that is (or ends) the primary key.
  DamagedTable(Database &database, std::string table, std::vector<std::string> columns, std::string key,
               std::string condition = "1");

  /// False ends the reading. Column 0 is the key, the others follow in their order.
  using Row = std::function<bool(const Statement &row)>;
  /// Hands over the rows with keys from `first` to `last`; false where the function said so.
  bool read(std::int64_t first, std::int64_t last, const Row &row);
  /// As above, of all that there may be.
  bool readAll(const Row &row);

  struct Gap {
    std::int64_t first = 0;
    std::int64_t last = 0;
  };
  /// Keys of which nothing could be read; whether there were rows is not known.
  const std::vector<Gap> &gaps() const { return m_gaps; }

private:
  enum class End { Reached, Damaged, Refused };
  bool read(std::int64_t first, std::int64_t last, std::int64_t least, const Row &row);
  End run(std::int64_t first, std::int64_t last, bool upwards, const Row &row, std::int64_t &reached);
  bool isAbove(std::int64_t key, std::int64_t last);
  std::int64_t bound();
  void addGap(std::int64_t first, std::int64_t last);
  std::string select(const std::string &columns) const;

  Database &m_database;
  std::string m_table;
  std::string m_columns;
  std::string m_key;
  std::string m_condition;
  Statement m_upwards, m_downwards, m_last;
  std::vector<Gap> m_gaps;
};

} // namespace meteorograph
