// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FileListing.h"

#include <algorithm>

namespace meteorograph {

void FileListing::add(std::string_view path, std::int64_t mtime_ns, std::int64_t size) {
  const std::size_t slash = path.rfind('/') + 1;
  if (m_folders.empty() || m_folders.back().path != path.substr(0, slash))
    m_folders.push_back({std::string(path.substr(0, slash)), {}});
  std::string &names = m_folders.back().names;
  m_entries.push_back({mtime_ns, size, static_cast<std::uint32_t>(m_folders.size() - 1),
                       static_cast<std::uint32_t>(names.size())});
  names.append(path.substr(slash)).push_back('\0');
  m_bytes += size;
}

// Hot for files that were all written in one moment: no path is put together for most of them.
bool FileListing::comesBefore(const Entry &a, const Entry &b) const {
  if (a.mtime_ns != b.mtime_ns)
    return a.mtime_ns < b.mtime_ns;
  if (a.folder == b.folder)
    return std::string_view(nameOf(a)) < nameOf(b);
  const std::string &first = m_folders[a.folder].path;
  const std::string &second = m_folders[b.folder].path;
  const std::size_t shared = std::min(first.size(), second.size());
  const int order = first.compare(0, shared, second, 0, shared);
  return order != 0 ? order < 0 : pathOf(a) < pathOf(b);
}

void FileListing::sort() {
  std::sort(m_entries.begin(), m_entries.end(),
            [this](const Entry &a, const Entry &b) { return comesBefore(a, b); });
  const auto same = [this](const Entry &a, const Entry &b) {
    return a.mtime_ns == b.mtime_ns && !comesBefore(a, b) && !comesBefore(b, a);
  };
  m_entries.erase(std::unique(m_entries.begin(), m_entries.end(), same), m_entries.end());
  m_bytes = 0;
  for (const Entry &entry : m_entries)
    m_bytes += entry.size;
}

std::string FileListing::pathOf(const Entry &entry) const {
  return m_folders[entry.folder].path + nameOf(entry);
}

std::string FileListing::take() {
  m_bytes -= m_entries[m_next].size;
  return pathOf(m_entries[m_next++]);
}

void FileListing::keep(const std::function<bool(const std::string &path)> &wanted) {
  const auto first = m_entries.begin() + static_cast<std::ptrdiff_t>(m_next);
  const auto dropped = std::remove_if(first, m_entries.end(), [&](const Entry &entry) {
    const bool drop = !wanted(pathOf(entry));
    m_bytes -= drop ? entry.size : 0;
    return drop;
  });
  m_entries.erase(dropped, m_entries.end());
}

} // namespace meteorograph
