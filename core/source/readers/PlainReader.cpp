// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/readers/PlainReader.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meteorograph {

namespace {

tl::unexpected<Error> failure(const char *what, const std::string &path) {
  return fail(ErrorCode::Unreadable, std::string(what) + " " + path + ": " + std::strerror(errno));
}

} // namespace

Result<std::unique_ptr<ByteReader>> PlainReader::open(const std::string &path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    return failure("cannot open", path);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return fail(ErrorCode::Unreadable, path + " is not a regular file");
  }
  return std::make_unique<PlainReader>(descriptor, path);
}

PlainReader::~PlainReader() { ::close(m_descriptor); }

Result<std::size_t> PlainReader::read(char *into, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(m_descriptor, into + done, size - done);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return failure("cannot read", path());
    if (got == 0)
      break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

Result<bool> PlainReader::seek(std::int64_t offset) {
  struct stat status {};
  if (::fstat(m_descriptor, &status) != 0 || ::lseek(m_descriptor, offset, SEEK_SET) < 0)
    return failure("cannot read", path());
  return offset <= status.st_size;
}

Result<FileIdentity> PlainReader::identity() const {
  struct stat status {};
  if (::fstat(m_descriptor, &status) != 0)
    return failure("cannot look at", path());
  return identityOf(status);
}

} // namespace meteorograph
