// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/FileGuard.h"

#include "core/store/Database.h"

#include <array>
#include <cstring>
#include <sys/stat.h>

namespace meteorograph {

namespace {

/// The beginning of a SQLite file.
constexpr int kHeaderBytes = 100;
constexpr std::string_view kMagic{"SQLite format 3", 16};
using Header = std::array<unsigned char, kHeaderBytes>;

/// How long the file says it is at least.
std::int64_t bytesBy(const Header &header) {
  const std::int64_t page = header[16] << 8 | header[17]; // up to 32 KiB; ours are of 8
  std::int64_t pages = 0;
  for (std::size_t at = 28; at < 32; ++at)
    pages = pages << 8 | header[at];
  return page * pages;
}

/// What the file alone holds, as its last writer brought it there.
std::optional<std::int64_t> revisionWithoutLog(const std::string &path) {
  Result<Database> alone = Database::open(path, Database::Mode::Immutable);
  return alone ? alone->integer("SELECT revision FROM totals") : std::nullopt;
}

Error harm(const std::string &path, const char *what) {
  return {
      ErrorCode::StoreUnusable,
      "the store " + path + what +
          " by another program while it was open; nothing more is written to it. End this program, then put"
          " a backup in its place and start again: what was not stored is read from its files again"};
}

} // namespace

Result<void> FileGuard::look(const std::string &path, sqlite3_file *file,
                             const std::function<std::optional<std::int64_t>()> &newest) {
  if (m_harm)
    return tl::unexpected(*m_harm);
  Header header{};
  sqlite3_int64 bytes = 0;
  const bool asked = file && file->pMethods && file->pMethods->xFileSize(file, &bytes) == SQLITE_OK;
  if (!asked || (bytes == 0 && m_bytes == 0)) // a new one
    return {};
  const int read = file->pMethods->xRead(file, header.data(), kHeaderBytes, 0);
  if (read != SQLITE_OK && read != SQLITE_IOERR_SHORT_READ) // a disk that fails says nothing of the file
    return {};
  // The log's own checkpoints write the first page before they lengthen the file, and shorten it after.
  if (std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0)
    m_harm = harm(path, " was emptied or written over");
  else if (bytes < m_bytes && bytes < bytesBy(header))
    m_harm = harm(path, " was cut short");
  else if (isAnother(path, newest))
    m_harm = harm(path, " was written over");
  m_bytes = bytes;
  return m_harm ? Result<void>(tl::unexpected(*m_harm)) : Result<void>();
}

/// A file that changed holds a later revision than before, whoever brought it there from the log, but none
/// that the store has not reached. (A copy put over it that is as new as the file was does no harm: the log
/// makes of it what it made of the file.)
bool FileGuard::isAnother(const std::string &path,
                          const std::function<std::optional<std::int64_t>()> &newest) {
  constexpr std::chrono::seconds kLookEvery{
      1}; // a look opens the file, and under a load it changes all the time
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    return false;
  const std::int64_t changed = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
  const auto now = std::chrono::steady_clock::now();
  const bool isFirst = m_looked == std::chrono::steady_clock::time_point{};
  if ((changed == m_changed_ns && status.st_size == m_bytes) || (!isFirst && now - m_looked < kLookEvery))
    return false;
  m_looked = now;
  m_changed_ns = changed;
  const std::optional<std::int64_t> revision = revisionWithoutLog(path);
  const std::optional<std::int64_t> most = revision ? newest() : std::nullopt;
  if (!revision || !most)
    return false;
  const bool another = *revision < m_revision || *revision > *most;
  m_revision = std::max(m_revision, *revision);
  return another;
}

} // namespace meteorograph
