// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/readers/Container.h"

namespace meteorograph {

namespace {

/// A zstd frame, or one of the sixteen kinds of frames that hold something else (RFC 8878).
bool isZstd(std::string_view head) {
  if (head.starts_with("\x28\xB5\x2F\xFD"))
    return true;
  return head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0) == 0x50 &&
         head.substr(1, 3) == "\x2A\x4D\x18";
}

/// Text without a byte order mark: most of it is ASCII, and the other byte of its units is NUL.
bool looksLikeUtf16(std::string_view head, std::size_t low) {
  std::size_t ascii = 0;
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    const char c = head[i + low];
    const bool null = head[i + 1 - low] == '\0';
    if (null && c == '\0')
      return false;
    ascii += null && (c >= ' ' || (c >= '\t' && c <= '\r')) ? 1 : 0;
  }
  constexpr std::size_t kEnoughUnits = 8;
  return ascii >= kEnoughUnits && ascii * 4 >= head.size() / 2 * 3;
}

} // namespace

Container containerOf(std::string_view head) {
  if (head.starts_with("\x1F\x8B"))
    return Container::Gzip;
  if (isZstd(head))
    return Container::Zstd;
  if (head.starts_with("Obj\x01"))
    return Container::Avro;
  if (head.starts_with(std::string_view("SQLite format 3\0", 16)))
    return Container::Sqlite;
  if (head.starts_with("\xFF\xFE") || looksLikeUtf16(head, 0))
    return Container::Utf16Le;
  if (head.starts_with("\xFE\xFF") || looksLikeUtf16(head, 1))
    return Container::Utf16Be;
  return Container::None;
}

} // namespace meteorograph
