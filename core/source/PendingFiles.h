// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileCatalog.h"

#include <set>
#include <unordered_map>
#include <utility>

namespace meteorograph {

/// A catalog in front of the store's that also knows the checkpoints on their way to it. Belongs to
/// the parser's thread.
class PendingFiles final : public FileCatalog {
public:
  explicit PendingFiles(FileCatalog &stored) : m_stored(stored), m_nextId(stored.maxId() + 1) {}

  std::int64_t newId() { return m_nextId++; }
  /// A checkpoint handed to the writer as number `sequence`.
  void put(FileCheckpoint file, std::uint64_t sequence);
  /// A generation that ends with number `sequence`; replaced ones are not found again at all.
  void end(std::int64_t id, bool replaced, std::uint64_t sequence);
  /// Everything up to `sequence` is in the store.
  void settle(std::uint64_t sequence);

  std::int64_t maxId() override { return m_nextId - 1; }
  std::optional<FileCheckpoint> byPath(std::string_view path) override;
  std::optional<FileCheckpoint> byId(std::int64_t id) override;
  bool isSettled(std::string_view path, const FileIdentity &identity) override;
  /// The same, where a checkpoint of the path is on its way; else nothing.
  std::optional<bool> isPendingSettled(std::string_view path, const FileIdentity &identity) const;
  std::vector<FileCheckpoint> byInode(std::uint64_t inode) override;
  std::vector<FileCheckpoint> byHead(std::uint64_t head_hash) override;
  std::optional<FileCheckpoint> retiredAt(std::string_view path) override;
  std::vector<ListedFile> listBelow(const std::string &folder, const std::string &behind,
                                    std::int64_t limit) override {
    return m_stored.listBelow(folder, behind, limit);
  }
  std::string mappingFor(std::string_view path) override { return m_stored.mappingFor(path); }
  void forgetMappings() override { m_stored.forgetMappings(); }
  void beginLook() override { m_stored.beginLook(); }
  void endLook() override { m_stored.endLook(); }
  bool takeFailure() override { return m_stored.takeFailure(); }

private:
  struct Entry {
    FileCheckpoint checkpoint;
    std::uint64_t sequence;
  };
  struct Ended {
    bool replaced;
    std::uint64_t sequence;
  };
  void forget(const FileCheckpoint &old);
  void dropPending(std::vector<FileCheckpoint> &stored) const;
  const FileCheckpoint *pendingAt(std::string_view path) const;

  FileCatalog &m_stored;
  std::int64_t m_nextId;
  std::unordered_map<std::int64_t, Entry> m_entries; ///< by file id
  std::unordered_map<std::int64_t, Ended> m_ended;   ///< by file id
  struct HashText {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::int64_t, HashText, std::equal_to<>> m_byPath;
  using Ids = std::set<std::pair<std::uint64_t, std::int64_t>>; ///< by inode or hash: many may have the same
  Ids m_byInode;
  Ids m_byHead;
};

} // namespace meteorograph
