// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/readers/DecodingReader.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace meteorograph {

namespace {
constexpr std::size_t kPieceBytes = 65'536;
}

Result<std::size_t> DecodingReader::read(char *into, std::size_t size) {
  std::size_t done = 0;
  while (done < size && !m_failure) {
    const Result<std::size_t> got = decode(into + done, size - done);
    if (!got)
      m_failure = got.error();
    else if (*got == 0)
      break;
    else
      done += *got;
  }
  if (done == 0 && m_failure)
    return tl::unexpected(*m_failure);
  m_position += static_cast<std::int64_t>(done);
  return done;
}

Result<bool> DecodingReader::seek(std::int64_t offset) {
  if (offset < m_position || m_failure) {
    const Result<bool> back = m_input->seek(0);
    if (!back)
      return back;
    m_waiting = {};
    m_position = 0;
    m_failure.reset();
    restart();
  }
  std::vector<char> skipped(kPieceBytes);
  while (m_position < offset) {
    const std::int64_t left = offset - m_position;
    const Result<std::size_t> got =
        read(skipped.data(), static_cast<std::size_t>(std::min<std::int64_t>(left, kPieceBytes)));
    if (!got)
      return tl::unexpected(got.error());
    if (*got == 0)
      return false;
  }
  return true;
}

Result<bool> DecodingReader::readMore() {
  assert(m_waiting.size() < kPieceBytes);
  m_buffer.resize(kPieceBytes);
  if (!m_waiting.empty())
    std::memmove(m_buffer.data(), m_waiting.data(), m_waiting.size());
  const Result<std::size_t> got =
      m_input->read(m_buffer.data() + m_waiting.size(), m_buffer.size() - m_waiting.size());
  m_waiting = {m_buffer.data(), m_waiting.size() + (got ? *got : 0)};
  if (!got)
    return tl::unexpected(got.error());
  return *got > 0;
}

tl::unexpected<Error> DecodingReader::damaged(const std::string &what) const {
  return fail(ErrorCode::Unreadable, path() + " is damaged: " + what);
}

} // namespace meteorograph
