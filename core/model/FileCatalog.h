// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// A known file as the store has it, to be compared with a listing.
struct ListedFile {
  std::string path;
  FileIdentity identity;
  bool settled = false;  ///< nothing is left to do for it while its identity stays
  bool vanished = false; ///< it was not there when last looked for
};

/// What is known of files from earlier: the checkpoints in the store. Asked on the parser's thread.
class FileCatalog {
public:
  virtual ~FileCatalog() = default;

  virtual std::int64_t maxId() = 0;
  virtual std::optional<FileCheckpoint> byPath(std::string_view path) = 0;
  virtual std::optional<FileCheckpoint> byId(std::int64_t id) = 0;
  /// Whether the file at the path has this identity and nothing is left to do for it.
  virtual bool isSettled(std::string_view path, const FileIdentity &identity) = 0;
  virtual std::vector<FileCheckpoint> byInode(std::uint64_t inode) = 0;
  /// Generations, also retired ones, whose first bytes have this hash; not replaced ones.
  virtual std::vector<FileCheckpoint> byHead(std::uint64_t head_hash) = 0;
  /// The newest generation that ended at the path with its readings kept.
  virtual std::optional<FileCheckpoint> retiredAt(std::string_view path) = 0;
  /// The next files below a folder by path, at most `limit` of them, behind one of them ("": from the
  /// first).
  virtual std::vector<ListedFile> listBelow(const std::string &folder, const std::string &behind,
                                            std::int64_t limit) = 0;
  /// JSON of the mapping that a new file at the path is to be read with: the innermost source's that
  /// has one. Empty: all is inferred.
  virtual std::string mappingFor(std::string_view path) = 0;
  /// What sources say of mappings may have changed: mappingFor() looks anew.
  virtual void forgetMappings() = 0;
  /// Until endLook() all is answered as of one moment, which costs less. Not for long: what is written
  /// meanwhile lengthens the store's log. Neither nests; ending twice does no harm.
  virtual void beginLook() = 0;
  virtual void endLook() = 0;
  /// An answer since the last call may be wrong, because the store could not be read.
  virtual bool takeFailure() = 0;
};

/// One look at a file: all is answered as of one moment while it lives, or up to endLook().
class CatalogLook {
public:
  explicit CatalogLook(FileCatalog &catalog) : m_catalog(catalog) { m_catalog.beginLook(); }
  ~CatalogLook() { m_catalog.endLook(); }
  CatalogLook(const CatalogLook &) = delete;
  CatalogLook &operator=(const CatalogLook &) = delete;

private:
  FileCatalog &m_catalog;
};

} // namespace meteorograph
