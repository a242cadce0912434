// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileCatalog.h"
#include "core/store/Database.h"

#include <optional>
#include <vector>

namespace meteorograph {

/// The file table as a catalog of checkpoints. Belongs to the thread of its Database.
class FileTable final : public FileCatalog {
public:
  explicit FileTable(Database &database);

  std::int64_t maxId() override;
  std::optional<FileCheckpoint> byPath(std::string_view path) override;
  bool isSettled(std::string_view path, const FileIdentity &identity) override;
  std::vector<FileCheckpoint> byInode(std::uint64_t inode) override;
  std::vector<FileCheckpoint> byHead(std::uint64_t head_hash) override;
  std::optional<FileCheckpoint> retiredAt(std::string_view path) override;
  std::vector<ListedFile> listBelow(const std::string &folder, const std::string &behind,
                                    std::int64_t limit) override;
  std::string mappingFor(std::string_view path) override;
  void forgetMappings() override { m_mappings.reset(); }
  void beginLook() override;
  void endLook() override;
  std::optional<FileCheckpoint> byId(std::int64_t id) override;
  bool takeFailure() override { return m_database.takeFailure(); }

private:
  std::vector<FileCheckpoint> readAll(Statement &rows);

  Database &m_database;
  Statement m_maxId;
  Statement m_byPath;
  Statement m_isSettled;
  Statement m_byInode;
  Statement m_byHead;
  Statement m_retired;
  Statement m_below;
  Statement m_sources;
  Statement m_byId;
  Statement m_begin;
  Statement m_end;
  bool m_looking = false;
  struct SourceMapping {
    std::string path;
    std::string mapping;
  };
  std::optional<std::vector<SourceMapping>> m_mappings; ///< innermost first; none: not asked yet
};

/// What belongs to a file's row besides its checkpoint; added to what is there.
struct FileGain {
  RecordCounts counts;
  std::int64_t readings = 0;
  std::int64_t late = 0;
  std::int64_t first_id = 0; ///< bronze ids; 0 = none
  std::int64_t last_id = 0;
};

/// Writes the file table, inside the writer's transaction.
class FileWriter {
public:
  explicit FileWriter(Database &database);

  bool save(const FileCheckpoint &checkpoint, const FileGain &gain, bool is_tail);
  /// The row leaves the path to a later generation.
  bool retire(std::int64_t id, FileState state);
  bool setState(std::int64_t id, FileState state);
  /// The row as if nothing had been read yet; its counts must have been subtracted.
  bool forgetExtent(std::int64_t id);

  /// Bronze ids (0 = none) and records of a file or of its tail.
  struct Extent {
    std::int64_t first_id = 0;
    std::int64_t last_id = 0;
    RecordCounts counts;
    std::int64_t readings = 0;
  };
  /// What the file's tail brought in, then forgets it. Nothing where it has none.
  std::optional<Extent> takeTail(std::int64_t id);
  Extent extent(std::int64_t id);
  bool subtract(std::int64_t id, const RecordCounts &counts, std::int64_t readings, std::int64_t late);

private:
  Statement m_yieldPath;
  Statement m_save;
  Statement m_retire;
  Statement m_setState;
  Statement m_forget;
  Statement m_readTail;
  Statement m_clearTail;
  Statement m_setTail;
  Statement m_extent;
  Statement m_subtract;
};

} // namespace meteorograph
