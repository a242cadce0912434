// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// What is known of files from earlier: the checkpoints in the store. Asked on the parser's thread.
class FileCatalog {
public:
  virtual ~FileCatalog() = default;

  virtual std::int64_t maxId() = 0;
  virtual std::optional<FileCheckpoint> byPath(std::string_view path) = 0;
  /// Whether the file at the path has this identity and nothing is left to do for it.
  virtual bool isSettled(std::string_view path, const FileIdentity &identity) = 0;
  virtual std::vector<FileCheckpoint> byInode(std::uint64_t inode) = 0;
  /// Generations, also retired ones, whose first bytes have this hash; not replaced ones.
  virtual std::vector<FileCheckpoint> byHead(std::uint64_t head_hash) = 0;
  /// The newest generation that ended at the path with its readings kept.
  virtual std::optional<FileCheckpoint> retiredAt(std::string_view path) = 0;
  /// Paths at or below a path that have not vanished.
  virtual std::vector<std::string> pathsBelow(const std::string &path) = 0;
  virtual std::int64_t countBelow(const std::string &path) = 0;
  /// JSON of the mapping that a new file at the path is to be read with: the innermost source's that
  /// has one. Empty: all is inferred.
  virtual std::string mappingFor(std::string_view path) = 0;
  /// An answer since the last call may be wrong, because the store could not be read.
  virtual bool takeFailure() = 0;
};

} // namespace meteorograph
