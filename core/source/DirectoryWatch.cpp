// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/DirectoryWatch.h"

#include <sys/inotify.h>
#include <unistd.h>

namespace meteorograph {

DirectoryWatch::DirectoryWatch() : m_descriptor(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

DirectoryWatch::~DirectoryWatch() {
  if (m_descriptor >= 0)
    ::close(m_descriptor);
}

void DirectoryWatch::add(const std::string &folder) {
  constexpr std::uint32_t kEvents =
      IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR;
  if (m_descriptor < 0)
    return;
  const int watch = ::inotify_add_watch(m_descriptor, folder.c_str(), kEvents);
  if (watch < 0)
    m_missing = true;
  else
    m_folders[watch] = folder;
}

void DirectoryWatch::clear() {
  for (const auto &[watch, folder] : m_folders)
    ::inotify_rm_watch(m_descriptor, watch);
  m_folders.clear();
  m_missing = false;
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
        m_folders.erase(event->wd);
      } else if (event->len > 0 && folder != m_folders.end() && event->name[0] != '.' &&
                 event->name[0] != '_') {
        const std::string path = (folder->second == "/" ? "/" : folder->second + "/") + event->name;
        if ((event->mask & IN_ISDIR) == 0)
          handlers.file(path);
        else if ((event->mask & (IN_CREATE | IN_MOVED_TO)) != 0)
          handlers.folder(path);
        else
          handlers.lost();
      }
    }
  }
}

} // namespace meteorograph
