// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Fuzz.h"

/// The first line is what a checkpoint says of a parser, the rest is what its file holds from there on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view bytes = viewOf(data, size);
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos)
    return 0;
  const std::optional<Parsed> parsed = parseFrom(bytes.substr(0, end), bytes.substr(end + 1));
  if (!parsed)
    return 0;
  require(isAccounted(*parsed), "records = accepted + quarantined + skipped");
  require(parseFrom(parsed->state, bytes.substr(end + 1)).has_value(),
          "what a parser says of itself can be read");
  return 0;
}
