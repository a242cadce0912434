// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/ByteReader.h"
#include "core/source/ContentHash.h"
#include "core/source/PendingFiles.h"
#include "core/source/SameContent.h"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace meteorograph {

/// What is to be done about a file that was looked at.
struct FileDecision {
  enum class Kind {
    Gone,    ///< it is not there
    Nothing, ///< untouched, or empty and unknown
    Later,   ///< look again soon: it may be half of a rotation, of a copy or of a rewrite
    Save,    ///< only its row changes
    Read     ///< go on behind the checkpoint
  };
  Kind kind = Kind::Nothing;
  FileBatch step;   ///< checkpoint and what becomes of earlier readings; the batch is empty
  ContentHash hash; ///< at the checkpoint's offset
  std::optional<FileCheckpoint> known; ///< the row as it was; saving an equal one is needless
  std::unique_ptr<ByteReader> reader;  ///< for Read
  std::optional<Error> lack;           ///< for Later: what the system lacks for any file
};

/// Decides what is the same file and what is new: growth, rename and rotation, replacement, reset,
/// by path, inode and the fingerprint of the bytes before the checkpoint (the table is in
/// core/source/README.md). Belongs to the parser's thread; changes nothing but the pending catalog.
class FileTracker {
public:
  FileTracker(PendingFiles &catalog, WallClock clock) : m_catalog(catalog), m_clock(std::move(clock)) {}

  /// Renames that a decision found out about other files on the way come out through `also`.
  FileDecision look(const std::string &path, std::vector<FileBatch> &also);
  /// The file was misread up to here: it is to be read again from its start, in place of what it gave.
  /// Later: the store cannot be asked.
  FileDecision again(FileDecision misread);
  /// The path is no more.
  std::optional<FileBatch> lost(const std::string &path);
  /// While following, what may be half of something is looked at again; in one go it is not.
  void setPatient(bool patient) { m_patient = patient; }
  /// Paths that have vanished or hold something else now, and whose content may turn up elsewhere.
  void setVanished(const std::vector<std::string> &paths);
  /// What the catalog says of files may have been changed by another than this tracker.
  void refresh() { m_sameContent.refresh(); }

private:
  /// How content compares with a checkpoint.
  struct Match {
    std::optional<ContentHash> hash; ///< the bytes before the checkpoint are the same
    bool too_short = false;          ///< the same as far as the content goes is possible
    std::optional<Error> error;      ///< it cannot be read now: nothing is known
  };
  FileDecision decide(const std::string &path, std::vector<FileBatch> &also);
  FileDecision lookAtKnown(FileCheckpoint known, std::unique_ptr<ByteReader> reader, const FileIdentity &now,
                           std::vector<FileBatch> &also);
  FileDecision lookAtUnknown(const std::string &path, std::unique_ptr<ByteReader> reader,
                             const FileIdentity &now);
  FileDecision otherContent(const FileCheckpoint &known, std::unique_ptr<ByteReader> reader,
                            const FileIdentity &now);
  FileDecision newGeneration(const FileCheckpoint &known, std::unique_ptr<ByteReader> reader,
                             const FileIdentity &now, bool replaces);
  FileDecision stayRemoved(FileCheckpoint known, const FileIdentity &now);
  FileDecision goOn(FileCheckpoint known, std::unique_ptr<ByteReader> reader, const FileIdentity &now,
                    ContentHash hash);
  std::optional<FileCheckpoint> movedFrom(const std::string &path, ByteReader &reader,
                                          const FileIdentity &now, ContentHash &hash);
  std::optional<FileCheckpoint> displacedFrom(const FileIdentity &now, ByteReader &reader, ContentHash &hash);
  struct Same {
    std::optional<FileCheckpoint> file; ///< whose content this is, and which is no longer where it was
    ContentHash hash;
    std::string twin;  ///< a living path with the same content
    bool half = false; ///< perhaps the beginning of a copy of a known file
  };
  Same sameContent(const std::string &path, ByteReader &reader, const FileIdentity &now);
  Match verify(ByteReader &reader, const FileCheckpoint &known, bool thoroughly);
  bool mustVerifyAll(const FileCheckpoint &known, const FileIdentity &now) const;
  bool holdsTail(ByteReader &reader, const FileCheckpoint &known);
  bool stillThere(const FileCheckpoint &known);
  void followRotation(const FileCheckpoint &known, std::vector<FileBatch> &also);
  std::string pathOfInode(const std::string &folder, const FileIdentity &identity);
  FileDecision failed(const std::string &path, const Error &error);
  FileDecision later() const;
  FileDecision gone() const;
  bool isFresh(const FileIdentity &now) const;

  PendingFiles &m_catalog;
  WallClock m_clock;
  bool m_patient = false;
  SameContent m_sameContent{m_catalog, [this](const FileCheckpoint &known) { return stillThere(known); }};
  std::set<std::string> m_looking;   ///< paths whose decision is in work: rotations may run in circles
  std::set<std::string> m_seenEmpty; ///< known files that were empty when last looked at
  struct Listing {
    std::chrono::steady_clock::time_point taken;
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> paths; ///< by device and inode
  };
  std::map<std::string, Listing> m_listings; ///< of folders in which files were rotated
};

} // namespace meteorograph
