// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FolderScan.h"

#include "core/model/FilePlace.h"
#include "core/source/ByteReader.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
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

std::string below(const std::string &folder, const char *name) {
  return (folder == "/" ? folder : folder + "/") + name;
}

/// The names in a folder in the order of the paths of what is there, those of folders ending in '/'.
class Names {
public:
  void add(const char *name, bool is_folder) {
    m_at.push_back(static_cast<std::uint32_t>(m_text.size()));
    m_text.append(name);
    if (is_folder)
      m_text.push_back('/');
    m_text.push_back('\0');
  }
  void sort() {
    std::sort(m_at.begin(), m_at.end(), [this](std::uint32_t a, std::uint32_t b) {
      return std::strcmp(m_text.data() + a, m_text.data() + b) < 0;
    });
  }
  /// The next one; nothing at the end.
  const char *next() { return m_next < m_at.size() ? m_text.data() + m_at[m_next++] : nullptr; }

private:
  std::string m_text;
  std::vector<std::uint32_t> m_at;
  std::size_t m_next = 0;
};

/// A folder in work. Its descriptor is closed while one below it is in work: trees may be deep.
struct OpenFolder {
  std::string path;
  Names names;
  std::unique_ptr<DIR, CloseFolder> open;

  int descriptor() {
    if (!open)
      open.reset(::opendir(path.c_str()));
    return open ? ::dirfd(open.get()) : -1;
  }
};

} // namespace

Result<std::string> canonicalPath(const std::string &path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  if (!real)
    return fail(ErrorCode::Unreadable, "cannot open " + path + ": " + std::strerror(errno));
  return std::string(real.get());
}

ErrorCode codeOfErrno() {
  const bool exhausted = errno == EMFILE || errno == ENFILE || errno == ENOMEM;
  return exhausted ? ErrorCode::Exhausted : ErrorCode::Unreadable;
}

bool isGone(const std::string &path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

bool isUnmounted(const std::string &path, std::uint64_t device) {
  namespace fs = std::filesystem;
  fs::path folder = fs::path(path).parent_path();
  struct stat status {};
  while (::stat(folder.c_str(), &status) != 0 && folder != folder.parent_path())
    folder = folder.parent_path();
  if (status.st_dev == device)
    return false;
  const dev_t here = status.st_dev;
  std::error_code error;
  const bool isMountPoint = ::stat(folder.parent_path().c_str(), &status) != 0 || status.st_dev != here;
  return !isMountPoint && fs::directory_iterator(folder, error) == fs::directory_iterator() && !error;
}

/// One run over a tree, and over what its links lead to.
class FolderScan::Walk {
public:
  explicit Walk(const FolderScan &scan) : m_scan(scan) {}

  /// Links come last, since they lead anywhere: all else comes in the order of paths.
  void run(const std::string &path) {
    enter(path);
    while (work() || followLink()) {
    }
  }

private:
  bool isStopped() const { return m_scan.stopped && m_scan.stopped(); }

  /// One more entry of the innermost folder; false when there is none.
  bool work() {
    if (m_folders.empty() || isStopped())
      return false;
    OpenFolder &at = m_folders.back();
    const char *name = at.names.next();
    if (!name) {
      m_folders.pop_back();
      return true;
    }
    std::string path = below(at.path, name);
    if (path.ends_with('/')) {
      path.pop_back();
      at.open.reset();
      enter(path);
      return true;
    }
    if (at.descriptor() < 0) { // it was there when it was listed
      cannotOpen(at.path);
      m_folders.pop_back();
      return true;
    }
    struct stat status {};
    if (::fstatat(at.descriptor(), name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno != EACCES)
        return true;
      cannotOpen(at.path); // names can be listed, but nothing behind them be reached
      m_folders.pop_back();
      return true;
    }
    if (S_ISLNK(status.st_mode))
      m_links.push_back(std::move(path));
    else if (S_ISREG(status.st_mode))
      m_scan.file(path, identityOf(status));
    return true;
  }

  bool followLink() {
    if (m_links.empty() || isStopped())
      return false;
    const std::string link = std::move(m_links.back());
    m_links.pop_back();
    const Result<std::string> real = canonicalPath(link);
    struct stat status {};
    if (!real || ::stat(real->c_str(), &status) != 0)
      return true;
    if (isPlantedLink(link))
      m_scan.failed(link, {ErrorCode::Unreadable,
                           link + " is another user's link to what is not his; it is not followed"});
    else if (S_ISDIR(status.st_mode))
      enter(*real);
    else if (S_ISREG(status.st_mode))
      m_scan.file(*real, identityOf(status));
    return true;
  }

  void enter(const std::string &path) {
    OpenFolder opened{path, {}, {}};
    struct stat status {};
    if (opened.descriptor() < 0)
      return cannotOpen(path);
    if (::fstat(opened.descriptor(), &status) != 0 || !m_seen.insert({status.st_dev, status.st_ino}).second)
      return;
    if (m_scan.folder)
      m_scan.folder(path);
    errno = 0;
    while (const dirent *entry = ::readdir(opened.open.get())) {
      if (!isSkipped(entry->d_name))
        opened.names.add(entry->d_name, isFolder(opened.descriptor(), *entry));
      errno = 0;
    }
    if (errno != 0) // the file system has gone
      cannotOpen(path);
    opened.names.sort();
    m_folders.push_back(std::move(opened));
  }

  void cannotOpen(const std::string &path) const {
    m_scan.failed(path, {codeOfErrno(), "cannot open the folder " + path + ": " + std::strerror(errno)});
  }

  static bool isFolder(int descriptor, const dirent &entry) {
    if (entry.d_type != DT_UNKNOWN)
      return entry.d_type == DT_DIR;
    struct stat status {};
    return ::fstatat(descriptor, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
  }

  const FolderScan &m_scan;
  std::vector<OpenFolder> m_folders;        ///< from the outermost to the innermost
  std::set<std::pair<dev_t, ino_t>> m_seen; ///< folders: links may run in circles
  std::vector<std::string> m_links;
};

void FolderScan::run(const std::string &path) const {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    return failed(path, {codeOfErrno(), "cannot open " + path + ": " + std::strerror(errno)});
  if (S_ISREG(status.st_mode))
    return file(path, identityOf(status));
  if (!S_ISDIR(status.st_mode))
    return failed(path, {ErrorCode::Unreadable, path + " is neither a file nor a folder"});
  Walk(*this).run(path);
}

} // namespace meteorograph
