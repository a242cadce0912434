// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <memory>
#include <string>

namespace meteorograph {

/// An advisory lock on a file beside the store, `STORE-lock`: whoever holds it is the one writer. It
/// ends with the process, however that ends; a clean end removes the file. (Not on the store's own
/// file, whose descriptors belong to SQLite: see checkStore().)
class WriterLock {
public:
  /// Fails with StoreBusy where another holds it.
  static Result<std::unique_ptr<WriterLock>> take(const std::string &store);
  ~WriterLock();
  /// Its last holder ended without removing it: killed, or with the machine.
  bool wasLeftBehind() const { return m_leftBehind; }
  /// Its end will not remove it either: the next holder is to know.
  void leaveBehind() { m_path.clear(); }
  WriterLock(const WriterLock &) = delete;
  WriterLock &operator=(const WriterLock &) = delete;

private:
  WriterLock(int descriptor, std::string path) : m_descriptor(descriptor), m_path(std::move(path)) {}
  int m_descriptor;
  bool m_leftBehind = false;
  std::string m_path; ///< empty: not ours to remove
};

} // namespace meteorograph
