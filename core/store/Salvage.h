// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/DamagedTable.h"
#include "core/store/Database.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meteorograph {

/// Copies what can be read of a damaged store's tables into a new, empty store, and finds again what an
/// index still knows of rows that are lost. Also reads stores of earlier schemas. False where the new
/// store could not be written or `go_on` said no.
class Salvage {
public:
  Salvage(Database &damaged, Database &sound, std::function<bool()> go_on)
      : m_damaged(damaged), m_sound(sound), m_goOn(std::move(go_on)) {}

  /// Everything but bronze and what is made from it; the quantities first.
  bool copyTables();
  bool copyBronze();
  /// Windows from before `horizon_s`, whose readings bronze has given up.
  bool copyWindowsBefore(std::int64_t horizon_s);

  /// Hands over each window of 1 s from `from_s` on that can be read: device, start, and the row, whose
  /// columns from the second on are those of windowColumns().
  using Window = std::function<bool(std::int64_t device, std::int64_t start_s, const Statement &row)>;
  bool eachWindow(std::int64_t from_s, const Window &window);
  /// `late`, then four a quantity, as both stores have them.
  std::vector<std::string> windowColumns(const std::string &table);

  const std::vector<DamagedTable::Gap> &bronzeGaps() const { return m_bronzeGaps; }
  /// A line for each table that could not be read as a whole, and one for each whose rows come from nowhere
  /// else.
  const std::vector<std::string> &damage() const { return m_damage; }
  const std::vector<std::string> &lost() const { return m_lost; }

private:
  struct Column {
    std::string name;
    std::string type;
  };
  std::vector<Column> columnsOf(Database &database, const std::string &table);
  std::vector<Column> commonColumns(const std::string &table, std::string_view key);
  bool copyQuantities();
  bool copyById(const std::string &table, const std::string &key, bool replaceable = false,
                std::vector<DamagedTable::Gap> *gaps = nullptr);
  bool copyByText(const std::string &table);
  bool findFilesByIndex();
  bool findDevicesByIndex();
  bool
  eachDevice(const std::function<bool(std::int64_t device, std::int64_t first_s, std::int64_t last_s)> &);
  void note(const std::string &table, const std::vector<DamagedTable::Gap> &gaps, bool replaceable);

  Database &m_damaged;
  Database &m_sound;
  std::function<bool()> m_goOn;
  std::vector<DamagedTable::Gap> m_bronzeGaps;
  std::vector<std::string> m_damage;
  std::vector<std::string> m_lost;
};

} // namespace meteorograph
