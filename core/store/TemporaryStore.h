// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace meteorograph {

/// A store in the making, beside its place and readable by its owner alone; gone again, with its log, unless
/// it was put there. No connection to it may be open when it is placed or destroyed.
class TemporaryStore {
public:
  explicit TemporaryStore(const std::string &path);
  ~TemporaryStore();
  TemporaryStore(const TemporaryStore &) = delete;
  TemporaryStore &operator=(const TemporaryStore &) = delete;

  bool failed() const { return m_path.empty(); } ///< errno says why
  const std::string &path() const { return m_path; }
  /// Brings it to the disk and to its place; false leaves errno.
  bool place();

private:
  std::string m_target;
  std::string m_path;
};

} // namespace meteorograph
