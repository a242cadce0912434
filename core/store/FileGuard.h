// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace meteorograph {

/// Notices that another program writes into a store's file while a connection has it open: empties it, cuts
/// it short, or copies another file over it. SQLite does not: it would bring its log into whatever lies
/// there. A value, of one connection and its thread.
class FileGuard {
public:
  /// Fails with StoreUnusable where the file is not what it was, from then on for ever: what is in memory and
  /// in the log does not belong to it any more. `file` is the connection's; `newest` asks the connection for
  /// the store's revision.
  Result<void> look(const std::string &path, sqlite3_file *file,
                    const std::function<std::optional<std::int64_t>()> &newest);
  bool isHarmed() const { return m_harm.has_value(); }

private:
  bool isAnother(const std::string &path, const std::function<std::optional<std::int64_t>()> &newest);

  std::optional<Error> m_harm;
  std::int64_t m_bytes = 0;            ///< when last looked at
  std::int64_t m_revision = INT64_MIN; ///< that the file held then, without its log
  std::int64_t m_changed_ns = 0;
  std::chrono::steady_clock::time_point m_looked{}; ///< at the revision
};

} // namespace meteorograph
