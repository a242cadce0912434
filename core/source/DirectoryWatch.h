// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

namespace meteorograph {

/// Tells what happens in folders, by inotify. Where the system gives none, or no more watches,
/// complete() is false and the caller has to look for itself; clear() tries again. Belongs to the
/// parser's thread.
class DirectoryWatch {
public:
  /// Takes at most so many watches: the system's limit holds for all programs of a user together.
  explicit DirectoryWatch(std::size_t most);
  ~DirectoryWatch();
  DirectoryWatch(const DirectoryWatch &) = delete;
  DirectoryWatch &operator=(const DirectoryWatch &) = delete;

  void add(const std::string &folder);
  void clear();
  /// Everything that was asked for is watched, and no event was lost since the last call of read().
  bool complete() const { return m_descriptor >= 0 && !m_missing; }
  int descriptor() const { return m_descriptor; } ///< readable when events wait; −1 without inotify

  struct Handlers {
    std::function<void(const std::string &path)> file;   ///< appeared, grew, was closed or went
    std::function<void(const std::string &path)> folder; ///< appeared
    std::function<void()> lost; ///< look everywhere: events are gone, or folders, or what lies on them
  };
  /// Takes the events that wait; does not block.
  void read(const Handlers &handlers);

private:
  int m_descriptor;
  std::size_t m_most;
  bool m_missing = false;
  std::unordered_map<int, std::string> m_folders;
};

} // namespace meteorograph
