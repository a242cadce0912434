// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileCatalog.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace meteorograph {

/// Finds the known files whose content a new one may hold or go on with, by how it begins. Of many small
/// files of one content it gives one, and one of those that are lost, so that a file is looked at as
/// quickly beside a hundred thousand copies of it as beside none. Belongs to the parser's thread.
class SameContent {
public:
  /// `isThere`: whether a file's path still holds what was read of it.
  SameContent(FileCatalog &catalog, std::function<bool(const FileCheckpoint &)> isThere)
      : m_catalog(catalog), m_isThere(std::move(isThere)) {}

  /// Those that may be meant, for a file with these first bytes (all of them, or a head's).
  std::vector<FileCheckpoint> candidates(std::string_view head);

  /// The file is not at its path any more, or something else is: what was read of it may turn up elsewhere.
  /// Those as long as a head are found without that.
  void addLost(const FileCheckpoint &file);
  /// These paths, and no others, are lost.
  void setLost(const std::vector<std::string> &paths);
  /// What the catalog says of files may have been changed by another.
  void refresh();
  /// Asks again what the store could not be asked about; false while it cannot.
  bool readLost();
  /// An answer since the last call may be wrong, because the store could not be read.
  bool takeFailure() { return std::exchange(m_failed, false); }

private:
  using Hashes = std::pair<std::uint64_t, std::uint64_t>; ///< of whole lines, and of the tail behind them
  using Lengths = std::pair<std::int64_t, std::int64_t>;  ///< of the same
  using Group = std::map<std::int64_t, std::string>;      ///< paths by file id
  /// More files of one content than are looked at each by itself.
  struct Many {
    std::int64_t one = 0;  ///< the id of one that was there; 0: none was
    std::size_t looks = 0; ///< left until all of them are looked at again
  };
  std::optional<FileCheckpoint> file(std::int64_t id);
  std::optional<FileCheckpoint> firstLost(Group &group);
  void addLostLike(std::string_view head, std::vector<FileCheckpoint> &found);
  Many *manyWith(std::uint64_t head, std::size_t bytes, std::vector<FileCheckpoint> &few);

  FileCatalog &m_catalog;
  std::function<bool(const FileCheckpoint &)> m_isThere;
  std::map<Lengths, std::map<Hashes, Group>> m_lost; ///< whose lines are shorter than a head
  std::unordered_map<std::uint64_t, Many> m_many;    ///< by the hash of their content
  std::vector<std::string> m_unread;
  bool m_failed = false;
};

} // namespace meteorograph
