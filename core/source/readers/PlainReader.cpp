// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/readers/PlainReader.h"

#include "core/source/FolderScan.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meteorograph {

namespace {

constexpr std::size_t kHeadBytes = 16'384;

tl::unexpected<Error> failure(const char *what, const std::string &path) {
  return fail(codeOfErrno(), std::string(what) + " " + path + ": " + std::strerror(errno));
}

} // namespace

Result<std::unique_ptr<ByteReader>> PlainReader::open(const std::string &path) {
  // Paths come without links; one that has been put in the file's place since may lead anywhere.
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW;
  const int descriptor = ::open(path.c_str(), kFlags);
  if (descriptor < 0)
    return failure("cannot open", path);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return fail(ErrorCode::Unreadable, path + " is not a regular file");
  }
  return std::make_unique<PlainReader>(descriptor, identityOf(status), path);
}

PlainReader::~PlainReader() { ::close(m_descriptor); }

/// Fewer bytes than asked for end the content only where it had its end when the file was opened, or
/// later: some file systems give less at a time.
Result<std::size_t> PlainReader::readAt(std::int64_t offset, char *into, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got =
        ::pread(m_descriptor, into + done, size - done, offset + static_cast<std::int64_t>(done));
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return failure("cannot read", path());
    done += static_cast<std::size_t>(got);
    if (got == 0 || offset + static_cast<std::int64_t>(done) >= m_identity.size)
      break;
  }
  return done;
}

Result<void> PlainReader::readHead() {
  const std::size_t size =
      std::min(kHeadBytes, static_cast<std::size_t>(std::max<std::int64_t>(m_identity.size, 0)));
  m_head = std::make_unique_for_overwrite<char[]>(size);
  const Result<std::size_t> got = readAt(0, m_head.get(), size);
  if (!got) {
    m_head.reset();
    return tl::unexpected(got.error());
  }
  m_headBytes = *got;
  return {};
}

Result<std::size_t> PlainReader::read(char *into, std::size_t size) {
  if (!m_head)
    if (const Result<void> head = readHead(); !head)
      return tl::unexpected(head.error());
  std::size_t done = 0;
  if (m_position < static_cast<std::int64_t>(m_headBytes)) {
    done = std::min(size, m_headBytes - static_cast<std::size_t>(m_position));
    std::memcpy(into, m_head.get() + m_position, done);
    m_position += static_cast<std::int64_t>(done);
  }
  // The end as it was: a reader that is there need not ask for more.
  const bool atEnd = done > 0 && m_position >= m_identity.size;
  if (done == size || atEnd)
    return done;
  const Result<std::size_t> got = readAt(m_position, into + done, size - done);
  if (!got)
    return done > 0 ? Result<std::size_t>(done) : got;
  m_position += static_cast<std::int64_t>(*got);
  return done + *got;
}

Result<bool> PlainReader::seek(std::int64_t offset) {
  m_position = offset;
  if (offset <= m_identity.size)
    return true;
  struct stat status {};
  if (::fstat(m_descriptor, &status) != 0)
    return failure("cannot read", path());
  return offset <= status.st_size;
}

} // namespace meteorograph
