// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/RollingFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>

namespace meteorograph {

namespace {

/// `2024/01/01/00/2024-01-01T00-00-00.000000Z.json`
std::string relativePath(TimeUs time_us) {
  const std::string iso = formatIsoTime(time_us);
  std::string name = iso + ".json";
  name[13] = name[16] = '-';
  return iso.substr(0, 4) + '/' + iso.substr(5, 2) + '/' + iso.substr(8, 2) + '/' + iso.substr(11, 2) + '/' +
         name;
}

} // namespace

RollingFile::~RollingFile() {
  if (isOpen())
    ::close(m_descriptor);
}

Result<void> RollingFile::open(TimeUs time_us) {
  if (const Result<void> closed = close(); !closed)
    return closed;
  m_path = m_folder + '/' + relativePath(time_us);
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(m_path).parent_path(), error);
  if (error)
    return fail(ErrorCode::Unwritable, "cannot create the folder of " + m_path + ": " + error.message());
  m_descriptor = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (!isOpen())
    return failure("create");
  m_size = 0;
  ++m_files;
  return {};
}

Result<void> RollingFile::append(std::string_view lines) {
  for (std::size_t written = 0; written < lines.size();) {
    const ssize_t count = ::write(m_descriptor, lines.data() + written, lines.size() - written);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0) {
      const int reason = errno;
      // Whole lines only: a part of one would stay in the file for ever.
      if (::ftruncate(m_descriptor, m_size) != 0)
        return failure("cut back");
      errno = reason;
      return failure("write");
    }
    written += static_cast<std::size_t>(count);
  }
  m_size += static_cast<std::int64_t>(lines.size());
  return {};
}

Result<void> RollingFile::close() {
  if (!isOpen())
    return {};
  const int descriptor = std::exchange(m_descriptor, -1);
  return ::close(descriptor) == 0 ? Result<void>{} : failure("close");
}

Result<void> RollingFile::failure(const char *what) const {
  return fail(ErrorCode::Unwritable,
              std::string("cannot ") + what + ' ' + m_path + ": " + std::strerror(errno));
}

} // namespace meteorograph
