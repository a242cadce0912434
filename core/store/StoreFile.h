// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <cstdint>
#include <string>

namespace meteorograph {

/// That the store's path does not lead to the file that was opened, in words: it is gone, or another
/// file lies there.
Error storeIsElsewhere(const std::string &path);

/// Which file the store's path leads to now. Whoever opens the store by its path later asks first
/// whether it is still that one: another store has other ids. A value.
class StoreFile {
public:
  StoreFile(std::string path); ///< from a path wherever one is wanted
  const std::string &path() const { return m_path; }
  /// Fails with StoreUnusable while the path leads to another file, or to none.
  Result<void> check() const;

private:
  std::string m_path;
  std::uint64_t m_device = 0;
  std::uint64_t m_inode = 0; ///< 0: there was none
};

} // namespace meteorograph
