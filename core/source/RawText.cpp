// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/RawText.h"

#include "core/source/ContentCheck.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <sys/stat.h>

namespace meteorograph {

namespace {

constexpr std::size_t kMostBytes = 16'384; // enough for any record that a person wants to look at

/// Where a JSON object at the text's begin ends; the text's size where it goes on.
std::size_t endOfObject(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\')
        ++i;
      else
        quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return text.size();
}

std::size_t endOfRecord(std::string_view text) {
  if (text.starts_with('{'))
    return endOfObject(text);
  const std::size_t end = text.find_first_of("\r\n");
  return end == std::string_view::npos ? text.size() : end;
}

Result<std::string> readSome(ByteReader &reader) {
  std::string text(kMostBytes, '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const Result<std::size_t> got = reader.read(text.data() + filled, text.size() - filled);
    if (!got && filled == 0)
      return tl::unexpected(got.error());
    if (!got || *got == 0)
      break;
    filled += *got;
  }
  text.resize(filled);
  return text;
}

/// The identity alone does not tell for a file that grew; its content does.
Result<bool> isAsKnown(ByteReader &reader, const FileCheckpoint &known, const std::atomic<bool> &cancelled) {
  const Result<FileIdentity> identity = reader.identity();
  if (!identity)
    return tl::unexpected(identity.error());
  if (*identity == known.identity && !known.recheck)
    return true;
  return holdsContentOf(reader, known, &cancelled);
}

/// Step by step: what is packed is decoded on the way.
Result<bool> seekTo(ByteReader &reader, std::int64_t offset, const std::atomic<bool> &cancelled) {
  constexpr std::int64_t kBetweenLooks = 8 << 20;
  Result<bool> there = reader.seek(0);
  for (std::int64_t at = 0; there && *there && at < offset;) {
    if (cancelled)
      return fail(ErrorCode::Cancelled, "the record is needed no longer");
    at = std::min(at + kBetweenLooks, offset);
    there = reader.seek(at);
  }
  return there;
}

} // namespace

Result<RawRecord> readRawRecord(const FileCheckpoint &known, std::int64_t offset,
                                const std::atomic<bool> &cancelled) {
  RawRecord record;
  struct stat status {};
  if (::stat(known.path.c_str(), &status) != 0) {
    record.state = RawRecord::State::Gone;
    return record;
  }
  const Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(known.path);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<bool> same = isAsKnown(**reader, known, cancelled);
  if (!same)
    return tl::unexpected(same.error());
  const Result<bool> there = *same ? seekTo(**reader, offset, cancelled) : Result<bool>(false);
  if (!there)
    return tl::unexpected(there.error());
  const Result<std::string> text = *there ? readSome(**reader) : Result<std::string>(std::string());
  if (!text)
    return tl::unexpected(text.error());
  if (text->empty()) {
    record.state = RawRecord::State::Changed;
    return record;
  }
  const std::size_t end = endOfRecord(*text);
  record.cut = end == kMostBytes;
  record.text = toUtf8(text->substr(0, record.cut ? characterBoundary(*text, kMostBytes - 1) : end));
  return record;
}

} // namespace meteorograph
