// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/DirectoryWatch.h"

#include <cerrno>
#include <sys/inotify.h>
#include <unistd.h>

namespace meteorograph {

DirectoryWatch::DirectoryWatch(std::size_t most)
    : m_descriptor(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)), m_most(most) {}

DirectoryWatch::~DirectoryWatch() {
  if (m_descriptor >= 0)
    ::close(m_descriptor);
}

void DirectoryWatch::add(const std::string &folder) {
  // That a folder went, or its file system, is told without being asked for.
  constexpr std::uint32_t kEvents = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVED_TO |
                                    IN_MOVED_FROM | IN_DELETE | IN_MOVE_SELF | IN_ONLYDIR;
  if (m_descriptor < 0)
    return;
  if (m_folders.size() >= m_most) {
    m_missing = true;
    return;
  }
  const int watch = ::inotify_add_watch(m_descriptor, folder.c_str(), kEvents);
  if (watch >= 0)
    m_folders[watch] = folder;
  else if (errno != ENOENT && errno != ENOTDIR) // it went meanwhile: the next listing tells
    m_missing = true;
}

void DirectoryWatch::clear() {
  for (const auto &[watch, folder] : m_folders)
    ::inotify_rm_watch(m_descriptor, watch);
  m_folders.clear();
  m_missing = false;
  if (m_descriptor < 0)
    m_descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
}

void DirectoryWatch::read(const Handlers &handlers) {
  alignas(inotify_event) char buffer[16384];
  for (;;) {
    const ssize_t size = ::read(m_descriptor, buffer, sizeof buffer);
    if (size <= 0)
      return;
    for (const char *at = buffer; at < buffer + size;) {
      const auto *event = reinterpret_cast<const inotify_event *>(at);
      at += sizeof(inotify_event) + event->len;
      const auto folder = m_folders.find(event->wd);
      if ((event->mask & IN_Q_OVERFLOW) != 0) {
        handlers.lost();
      } else if ((event->mask & IN_IGNORED) != 0) {
        if (m_folders.erase(event->wd) > 0) // it was removed or unmounted
          handlers.lost();
      } else if (event->len == 0 && (event->mask & IN_MOVE_SELF) != 0) {
        handlers.lost();
      } else if (event->len == 0 && (event->mask & IN_ATTRIB) != 0 && folder != m_folders.end()) {
        handlers.folder(folder->second); // perhaps it can be read again
      } else if (event->len > 0 && folder != m_folders.end() && event->name[0] != '.' &&
                 event->name[0] != '_') {
        const std::string path = (folder->second == "/" ? "/" : folder->second + "/") + event->name;
        if ((event->mask & IN_ISDIR) == 0)
          handlers.file(path);
        else if ((event->mask & (IN_CREATE | IN_MOVED_TO | IN_ATTRIB)) != 0)
          handlers.folder(path);
        else
          handlers.lost();
      }
    }
  }
}

} // namespace meteorograph
