// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sink/TextOutput.h"

#include "core/model/FilePlace.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meteorograph {

namespace {

Error unwritable(const char *what, const std::string &path) {
  return {ErrorCode::Unwritable, std::string("cannot ") + what + ' ' + path + ": " + std::strerror(errno)};
}

mode_t ordinaryMode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// Asked before there are threads: to ask is to change it for an instant.
const mode_t kOrdinaryMode = ordinaryMode();

} // namespace

Result<TextOutput> TextOutput::toFile(const std::string &path) {
  if (isPlantedLink(path))
    return fail(ErrorCode::Unwritable,
                "cannot write " + path + ": it is another user's link to what is not his");
  const std::string target = behindLinks(path);
  struct stat status = {};
  const bool exists = ::stat(target.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    const int descriptor = ::open(target.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
      return tl::unexpected(unwritable("write", path));
    return TextOutput(descriptor, target, {});
  }
  std::string temporary = target + ".XXXXXX";
  const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0)
    return tl::unexpected(unwritable("create", path));
  ::fchmod(descriptor, exists ? status.st_mode & 07777 : kOrdinaryMode);
  return TextOutput(descriptor, target, std::move(temporary));
}

TextOutput TextOutput::toStandardOutput() { return TextOutput(STDOUT_FILENO, "standard output", {}); }

TextOutput::TextOutput(int descriptor, std::string path, std::string temporary)
    : m_descriptor(descriptor), m_path(std::move(path)), m_temporary(std::move(temporary)) {
  m_buffer.reserve(kBufferBytes + 4096);
}

TextOutput::TextOutput(TextOutput &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_path(std::move(other.m_path)),
      m_temporary(std::exchange(other.m_temporary, {})), m_buffer(std::move(other.m_buffer)),
      m_failure(std::move(other.m_failure)), m_watcher(std::move(other.m_watcher)) {}

TextOutput::~TextOutput() {
  if (m_descriptor > STDERR_FILENO)
    ::close(m_descriptor);
  if (!m_temporary.empty())
    ::unlink(m_temporary.c_str());
}

Result<void> TextOutput::finish() {
  flush();
  if (!m_temporary.empty() && !failed())
    place();
  if (m_descriptor > STDERR_FILENO && ::close(std::exchange(m_descriptor, -1)) != 0 && !failed())
    keepFailure("close");
  if (failed())
    return tl::unexpected(*m_failure);
  return {};
}

void TextOutput::flush() {
  std::string_view rest = failed() ? std::string_view() : m_buffer;
  if (m_watcher)
    m_watcher(rest);
  while (!rest.empty()) {
    const ssize_t count = ::write(m_descriptor, rest.data(), rest.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0) {
      keepFailure("write");
      break;
    }
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  m_buffer.clear();
}

void TextOutput::keepFailure(const char *what) { m_failure = unwritable(what, m_path); }

void TextOutput::place() {
  if (::fsync(m_descriptor) != 0)
    return keepFailure("write");
  if (!moveDurably(m_temporary, m_path))
    return keepFailure("create");
  m_temporary.clear();
}

} // namespace meteorograph
