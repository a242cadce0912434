// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Bytes.h"
#include "tests/fuzz/Fuzz.h"
#include "tests/fuzz/MemoryFile.h"
#include "tests/fuzz/ReaderLaws.h"
#include "tests/support/Packing.h"

#include <cstring>

namespace {

/// Members with a text each, of which one may be repeated until it is a bomb, cut anywhere, or with a few
/// bytes changed. What comes out is what was packed, or what the cut left of it.
void requirePackedText(Bytes bytes, std::size_t step) {
  const std::uint8_t damage = bytes.byte();
  const std::size_t where = bytes.number(2);
  const std::uint8_t change = bytes.byte();
  std::string text = "time;temperature;humidity;pressure;wind\n"; // or it might be packed itself
  std::string packed = gzipOf(text);
  while (!bytes.atEnd()) {
    const std::uint8_t length = bytes.byte();
    const std::string_view piece = bytes.text(length % 128);
    std::string member;
    for (int times = length < 250 ? 1 : 1024; times > 0; --times)
      member += piece;
    text += member;
    packed += gzipOf(member) + std::string(length % 3 == 0 ? 2 : 0, '\0');
  }
  if (damage % 3 == 1)
    packed.resize(where % (packed.size() + 1));
  if (damage % 3 == 2 && !packed.empty())
    packed[where % packed.size()] = static_cast<char>(change);
  const std::string seen = requireReaderLaws(MemoryFile(packed).path(), step);
  if (damage % 3 == 2 || !packed.starts_with("\x1F\x8B"))
    return;
  require(text.starts_with(seen), "what comes out was packed");
  require(damage % 3 == 1 || seen.size() == std::min(text.size(), kMaxText), "all of it comes out");
}

} // namespace

/// The first byte says how much is read at a time, the second whether a stream follows as it is or what is
/// packed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size < 3)
    return 0;
  Bytes bytes(viewOf(data, size));
  const std::size_t step = std::size_t{bytes.byte()} + 1;
  if (bytes.byte() % 2 == 0)
    requireReaderLaws(MemoryFile("\x1F\x8B\x08" + std::string(bytes.rest())).path(), step);
  else
    requirePackedText(bytes, step);
  return 0;
}
