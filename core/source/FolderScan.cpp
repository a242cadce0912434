// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FolderScan.h"

#include "core/source/ByteReader.h"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <set>
#include <sys/stat.h>
#include <vector>

namespace meteorograph {

namespace {

struct CloseFolder {
  void operator()(DIR *folder) const { ::closedir(folder); }
};

bool isSkipped(const char *name) { return name[0] == '.' || name[0] == '_'; }

} // namespace

Result<std::string> canonicalPath(const std::string &path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  if (!real)
    return fail(ErrorCode::Unreadable, "cannot open " + path + ": " + std::strerror(errno));
  return std::string(real.get());
}

void FolderScan::run(const std::string &path) const {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    return failed({ErrorCode::Unreadable, "cannot open " + path + ": " + std::strerror(errno)});
  if (S_ISREG(status.st_mode))
    return file(path, identityOf(status));
  if (!S_ISDIR(status.st_mode))
    return failed({ErrorCode::Unreadable, path + " is neither a file nor a folder"});
  std::set<std::pair<dev_t, ino_t>> seen; // folders: links may run in circles
  std::vector<std::string> left{path};
  while (!left.empty() && !(stopped && stopped())) {
    const std::string at = std::move(left.back());
    left.pop_back();
    const std::unique_ptr<DIR, CloseFolder> open(::opendir(at.c_str()));
    if (!open) {
      failed({ErrorCode::Unreadable, "cannot open the folder " + at + ": " + std::strerror(errno)});
      continue;
    }
    const int descriptor = ::dirfd(open.get());
    if (::fstat(descriptor, &status) != 0 || !seen.insert({status.st_dev, status.st_ino}).second)
      continue;
    if (folder)
      folder(at);
    while (const dirent *entry = ::readdir(open.get())) {
      if (isSkipped(entry->d_name) || ::fstatat(descriptor, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        continue;
      std::string name = (at == "/" ? at : at + "/") + entry->d_name;
      if (S_ISLNK(status.st_mode)) {
        const Result<std::string> real = canonicalPath(name);
        if (!real || ::stat(real->c_str(), &status) != 0)
          continue;
        name = *real;
      }
      if (S_ISDIR(status.st_mode))
        left.push_back(std::move(name));
      else if (S_ISREG(status.st_mode))
        file(name, identityOf(status));
    }
  }
}

} // namespace meteorograph
