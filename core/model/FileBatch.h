// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Batch.h"
#include "core/model/Overview.h"

#include <cstdint>
#include <string>

namespace meteorograph {

/// What the file system says of a file; equal identities mean an untouched file. (ctime cannot be
/// set by a program, so a rewrite that restores size and mtime still shows.)
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t size = 0;
  std::int64_t mtime_ns = 0;
  std::int64_t ctime_ns = 0;
  bool operator==(const FileIdentity &) const = default;
};

/// Hashes of the bytes before a checkpoint: of the first 4 KiB, of all whole 64 KiB blocks as a
/// chain, and of what lies behind the last whole block.
struct Fingerprint {
  std::int64_t head_bytes = 0;
  std::uint64_t head = 0;
  std::uint64_t chain = 0;
  std::uint64_t rest = 0;
  bool operator==(const Fingerprint &) const = default;
};

/// Where reading of a file stands; committed together with the readings before it.
struct FileCheckpoint {
  std::int64_t id = 0; ///< of the file's row: one generation of one file
  std::string path;    ///< canonical
  int generation = 1;
  bool active = true; ///< false: a later generation took its path, or the path is gone
  FileState state = FileState::Reading;
  FileIdentity identity;
  Fingerprint fingerprint;
  std::int64_t offset = 0;        ///< next byte to read, of the uncompressed content
  std::int64_t line = 1;          ///< its line
  std::int64_t pending_bytes = 0; ///< behind the offset, held back
  std::int64_t tail_bytes = 0;    ///< behind the offset, taken in as an unterminated last line
  std::uint64_t tail_hash = 0;
  bool recheck = false; ///< changed just before it was looked at: verify at the next look
  std::string parser_state;
  std::string mapping;      ///< JSON of the Mapping that it is read with; empty: all is inferred
  bool own_mapping = false; ///< given for this file alone: what its source says does not count
  std::string format;
  std::string error;

  bool operator==(const FileCheckpoint &) const = default;
};

/// One step in a file's life for the writer: readings, and where reading stands behind them.
struct FileBatch {
  Batch batch;
  FileCheckpoint checkpoint;
  std::int64_t replaces = 0;   ///< row of the generation whose readings these replace, or 0
  std::int64_t retires = 0;    ///< row of the generation that ended with its readings kept, or 0
  bool withdraws_tail = false; ///< take back the file's tail first
  bool is_tail = false;        ///< the batch is an unterminated last line
  std::string note;            ///< becomes a "note" event, if not empty
  std::string warning;         ///< becomes a "warning" event, if not empty
};

} // namespace meteorograph
