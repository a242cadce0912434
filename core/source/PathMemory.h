// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace meteorograph {

/// Remembers what names alone tell, since the files of a folder mostly have the same ones, and telling what a
/// small file's fields are takes longer than reading its records. For one thread; bounded.
template <class T> class PathMemory {
public:
  /// `tell()` must depend on the path and the number alone.
  template <class Tell> T of(std::span<const std::string_view> path, int number, Tell tell) {
    std::string key = std::to_string(number);
    for (const std::string_view part : path)
      key.append(":").append(std::to_string(part.size())).append(":").append(part);
    if (key.size() > kLongest)
      return tell();
    if (const auto found = m_known.find(key); found != m_known.end())
      return found->second;
    if (m_known.size() == kMost)
      m_known.clear();
    return m_known.try_emplace(std::move(key), tell()).first->second;
  }

private:
  static constexpr std::size_t kMost = 4096; ///< some megabytes
  static constexpr std::size_t kLongest = 256;
  std::unordered_map<std::string, T> m_known;
};

} // namespace meteorograph
