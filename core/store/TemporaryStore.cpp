// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/TemporaryStore.h"

#include "core/model/FilePlace.h"

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace meteorograph {

TemporaryStore::TemporaryStore(const std::string &path)
    : m_target(behindLinks(path)), m_path(m_target + ".XXXXXX") {
  const int descriptor = ::mkostemp(m_path.data(), O_CLOEXEC); // 0600
  if (descriptor < 0)
    m_path.clear();
  else
    ::close(descriptor);
}

TemporaryStore::~TemporaryStore() {
  if (!failed())
    for (const char *suffix : {"", "-wal", "-shm", "-journal"})
      ::unlink((m_path + suffix).c_str());
}

bool TemporaryStore::place() {
  const int descriptor = ::open(m_path.c_str(), O_RDWR | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0)
    ::close(descriptor);
  return synced && moveDurably(m_path, m_target);
}

} // namespace meteorograph
