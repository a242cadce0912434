// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/FilePlace.h"

#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace meteorograph {

std::string behindLinks(const std::string &path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  return error ? path : target.string();
}

bool moveDurably(const std::string &from, const std::string &to) {
  if (::rename(from.c_str(), to.c_str()) != 0)
    return false;
  const std::filesystem::path folder = std::filesystem::path(to).parent_path();
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0)
    return true; // a folder that cannot be opened cannot be synced; the file itself has been
  ::fsync(descriptor);
  ::close(descriptor);
  return true;
}

} // namespace meteorograph
