// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/ByteReader.h"
#include "core/source/ContentHash.h"
#include "core/source/PendingFiles.h"

#include <optional>
#include <set>
#include <string>

namespace meteorograph {

/// What is to be done about a file that was looked at.
struct FileDecision {
  enum class Kind {
    Nothing, ///< untouched, or empty and unknown
    Later,   ///< look again soon: it may be half of a rotation
    Save,    ///< only its row changes
    Read     ///< go on behind the checkpoint
  };
  Kind kind = Kind::Nothing;
  FileBatch step;   ///< checkpoint and what becomes of earlier readings; the batch is empty
  ContentHash hash; ///< at the checkpoint's offset
  std::optional<FileCheckpoint> known; ///< the row as it was; saving an equal one is needless
  std::unique_ptr<ByteReader> reader;  ///< for Read
};

/// Decides what is the same file and what is new: growth, rename and rotation, replacement, reset,
/// by path, inode and the fingerprint of the bytes before the checkpoint (the table is in
/// core/source/README.md). Belongs to the parser's thread; changes nothing but the pending catalog.
class FileTracker {
public:
  FileTracker(PendingFiles &catalog, WallClock clock) : m_catalog(catalog), m_clock(std::move(clock)) {}

  /// Renames that a decision found out about other files on the way come out through `also`.
  FileDecision look(const std::string &path, std::vector<FileBatch> &also);
  /// The path is no more.
  std::optional<FileBatch> lost(const std::string &path);
  /// In one go over a folder a new file may not wait for its rotation to be finished.
  void setPatient(bool patient) { m_patient = patient; }
  /// Paths that have vanished and whose content may turn up elsewhere.
  void setVanished(std::vector<std::string> paths) { m_vanished = std::move(paths); }

private:
  FileDecision lookAtKnown(FileCheckpoint known, std::unique_ptr<ByteReader> reader, const FileIdentity &now,
                           std::vector<FileBatch> &also);
  FileDecision lookAtUnknown(const std::string &path, std::unique_ptr<ByteReader> reader,
                             const FileIdentity &now);
  FileDecision newGeneration(const FileCheckpoint &known, std::unique_ptr<ByteReader> reader,
                             const FileIdentity &now, bool replaces);
  FileDecision goOn(FileCheckpoint known, std::unique_ptr<ByteReader> reader, const FileIdentity &now,
                    ContentHash hash);
  std::optional<FileCheckpoint> movedFrom(const std::string &path, ByteReader &reader,
                                          const FileIdentity &now, ContentHash &hash);
  std::optional<FileCheckpoint> sameContent(const std::string &path, ByteReader &reader,
                                            const FileIdentity &now, ContentHash &hash, std::string &twin);
  std::optional<ContentHash> verify(ByteReader &reader, const FileCheckpoint &known, bool thoroughly);
  bool stillThere(const FileCheckpoint &known);
  void followRotation(const FileCheckpoint &known, std::vector<FileBatch> &also);
  FileDecision failed(const std::string &path, const Error &error);
  bool isFresh(const FileIdentity &now) const;

  PendingFiles &m_catalog;
  WallClock m_clock;
  bool m_patient = false;
  std::vector<std::string> m_vanished;
  std::set<std::string> m_looking; ///< paths whose decision is in work: rotations may run in circles
};

} // namespace meteorograph
