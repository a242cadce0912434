// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/CommitRows.h"
#include "core/store/Database.h"
#include "core/store/VirtualRows.h"

#include <map>
#include <string>
#include <vector>

namespace meteorograph {

/// Puts rows into bronze and bronze_run. Belongs to the writer.
class BronzeInsert {
public:
  bool attach(Database &database);
  bool insert(Database &database, const CommitRows &rows);

private:
  Statement &statement(Database &database, const CommitRows &rows);

  VirtualRows m_rows;
  std::map<std::vector<std::string>, Statement> m_statements; ///< by what differs in them
  Statement m_run;
};

} // namespace meteorograph
