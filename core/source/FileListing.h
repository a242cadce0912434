// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// Files in the order in which they are taken: by modification time, then by path. A path costs its
/// name and 24 bytes, so that a million of them find room. Belongs to one thread.
class FileListing {
public:
  /// Cheapest where files of one folder come one after the other.
  void add(std::string_view path, std::int64_t mtime_ns, std::int64_t size);
  /// Once all are there; a path that came twice counts once.
  void sort();

  bool empty() const { return m_next == m_entries.size(); }
  std::int64_t files() const { return static_cast<std::int64_t>(m_entries.size() - m_next); }
  std::int64_t bytes() const { return m_bytes; }
  /// The next one; it is in the list no more.
  std::string take();
  void keep(const std::function<bool(const std::string &path)> &wanted);

private:
  struct Entry {
    std::int64_t mtime_ns;
    std::int64_t size;
    std::uint32_t folder;
    std::uint32_t name; ///< where it begins in the folder's names
  };
  struct Folder {
    std::string path;  ///< with the slash behind it
    std::string names; ///< each with a NUL behind it
  };
  std::string pathOf(const Entry &entry) const;
  bool comesBefore(const Entry &a, const Entry &b) const;
  const char *nameOf(const Entry &entry) const { return m_folders[entry.folder].names.data() + entry.name; }

  std::vector<Folder> m_folders;
  std::vector<Entry> m_entries;
  std::size_t m_next = 0;
  std::int64_t m_bytes = 0; ///< of those that are left
};

} // namespace meteorograph
