// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "core/model/Time.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace meteorograph {

/// Writes lines into files that follow one another:
/// `FOLDER/YYYY/MM/DD/HH/YYYY-MM-DDThh-mm-ss.ffffffZ.json`, named by the time of their first lines,
/// so that the order of paths (and of modification times) is the order of time. A file of the same
/// name is overwritten. Belongs to one thread; closes its file when destroyed.
class RollingFile {
public:
  explicit RollingFile(std::string folder) : m_folder(std::move(folder)) {}
  ~RollingFile();
  RollingFile(const RollingFile &) = delete;
  RollingFile &operator=(const RollingFile &) = delete;

  bool isOpen() const { return m_descriptor >= 0; }
  std::int64_t size() const { return m_size; }
  std::int64_t filesWritten() const { return m_files; }

  /// Closes the current file, if any, and starts the one of this time.
  Result<void> open(TimeUs time_us);
  /// Appends whole lines. When the disk does not take them all, the file is cut back to what it was.
  Result<void> append(std::string_view lines);
  Result<void> close();

private:
  Result<void> failure(const char *what) const;

  std::string m_folder;
  std::string m_path;
  int m_descriptor = -1;
  std::int64_t m_size = 0;
  std::int64_t m_files = 0;
};

} // namespace meteorograph
