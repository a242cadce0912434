// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreFile.h"

#include <cerrno>
#include <cstring>
#include <sys/stat.h>

namespace meteorograph {

Error storeIsElsewhere(const std::string &path) {
  struct stat status {};
  const bool there = ::stat(path.c_str(), &status) == 0;
  const std::string what =
      there ? "another file lies in place of the store " + path
            : "the store " + path + " was moved or removed while in use (" + std::strerror(errno) + ")";
  return {ErrorCode::StoreUnusable,
          what +
              ". Nothing is written and nothing lost meanwhile: put the store back, or end this program or "
              "open another store; what was not stored is then read from its files again"};
}

StoreFile::StoreFile(std::string path) : m_path(std::move(path)) {
  struct stat status {};
  if (::stat(m_path.c_str(), &status) != 0)
    return;
  m_device = status.st_dev;
  m_inode = status.st_ino;
}

Result<void> StoreFile::check() const {
  struct stat status {};
  const bool same = m_inode == 0 || (::stat(m_path.c_str(), &status) == 0 && status.st_dev == m_device &&
                                     status.st_ino == m_inode);
  return same ? Result<void>() : tl::unexpected(storeIsElsewhere(m_path));
}

} // namespace meteorograph
