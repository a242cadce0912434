// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/WriterLock.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meteorograph {

Result<std::unique_ptr<WriterLock>> WriterLock::take(const std::string &store) {
  const std::string path = store + "-lock";
  for (;;) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
      return fail(ErrorCode::StoreUnusable,
                  "cannot open the store " + store + " for writing: " + std::strerror(errno));
    auto lock = std::unique_ptr<WriterLock>(new WriterLock(descriptor, path));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      lock->m_path.clear();
      return fail(ErrorCode::StoreBusy, "the store " + store + " is in use by another writer");
    }
    struct stat mine {
    }, there{};
    const bool same = ::fstat(descriptor, &mine) == 0 && ::stat(path.c_str(), &there) == 0 &&
                      mine.st_ino == there.st_ino && mine.st_dev == there.st_dev;
    if (same)
      return lock;
    lock->m_path.clear(); // its last holder has just removed it
  }
}

WriterLock::~WriterLock() {
  if (!m_path.empty())
    ::unlink(m_path.c_str());
  ::close(m_descriptor);
}

} // namespace meteorograph
