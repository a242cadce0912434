// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"
#include "core/model/Result.h"

#include <functional>
#include <string>

namespace meteorograph {

/// The path without links, dots and doubled slashes, as files are known by; an error names it.
Result<std::string> canonicalPath(const std::string &path);

/// What the failure of the last system call on a file means: the system's lack, or the file's.
ErrorCode codeOfErrno();

/// Nothing is there under the path; where that cannot be told, something is.
bool isGone(const std::string &path);

/// Nothing is there under the path, and the folder above it that there is lies empty on another disk than the
/// file did: a mount point without its file system.
bool isUnmounted(const std::string &path, std::uint64_t device);

/// Lists the regular files at or below a canonical path. Names that begin with `.` or `_` are
/// skipped (not the given path itself), so are special files. All comes in the order of paths, but for
/// what lies behind links: they are followed at the end, to each folder once, unless another user made them
/// and they lead to what is not his. What cannot be opened is told to `failed` and does not stop the rest.
/// Memory is that of the names in the folders on the way, and of a few bytes for each folder and the paths of
/// links.
class FolderScan {
public:
  std::function<void(const std::string &path, const FileIdentity &identity)> file;
  std::function<void(const std::string &path)> folder; ///< before its files
  std::function<void(const std::string &path, const Error &error)> failed;
  std::function<bool()> stopped;

  void run(const std::string &path) const;

private:
  class Walk;
};

} // namespace meteorograph
