// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/readers/AvroReader.h"

namespace meteorograph {

namespace {
constexpr std::size_t kPieceBytes = 65'536;
}

Result<void> AvroReader::produce(std::string &text) {
  while (text.size() < kPieceBytes) {
    const Result<bool> got = m_decoder->next(text);
    if (got && *got)
      continue;
    if (!text.empty())
      break;
    if (!got)
      return fail(ErrorCode::Unreadable, path() + ": " + got.error().message);
    const Result<bool> more = readMore();
    if (!more)
      return tl::unexpected(more.error());
    if (!*more)
      break;
    m_decoder->push(waiting());
    waiting() = {};
  }
  return {};
}

} // namespace meteorograph
