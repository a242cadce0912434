// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/FilePlace.h"

#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace meteorograph {

std::string behindLinks(const std::string &path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  return error ? path : target.string();
}

bool isPlantedLink(const std::string &path) {
  struct stat link {
  }, target{};
  if (::lstat(path.c_str(), &link) != 0 || !S_ISLNK(link.st_mode) || ::stat(path.c_str(), &target) != 0)
    return false;
  return link.st_uid != ::geteuid() && link.st_uid != 0 && link.st_uid != target.st_uid;
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

std::string strangeFileOfDatabase(const std::string &path) {
  struct stat status {};
  for (const char *suffix : {"", "-wal", "-shm", "-journal"})
    if (std::string file = path + suffix; ::stat(file.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
      return file;
  return {};
}

} // namespace meteorograph
