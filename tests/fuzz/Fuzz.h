// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/ParserHarness.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// Ends the fuzzer with what was found.
[[noreturn]] inline void found(const std::string &what) {
  std::fprintf(stderr, "broken promise: %s\n", what.c_str());
  std::abort();
}

inline void require(bool promise, const std::string &what) {
  if (!promise)
    found(what);
}

/// The laws of parsers, for a file of `before` and the fuzzer's bytes, whose first two are the place
/// where the file is cut and the parser is saved and restored:
/// records = accepted + quarantined + skipped, and the two parts give what the whole gives. What comes twice
/// is read the second time as it would be without the first.
inline void requireParserLaws(std::string_view before, std::string_view bytes) {
  if (bytes.size() < 2)
    return;
  const std::size_t number =
      static_cast<unsigned char>(bytes[0]) * 256U + static_cast<unsigned char>(bytes[1]);
  const std::string file = std::string(before) + std::string(bytes.substr(2));
  const Parsed whole = parseWhole(file);
  require(isAccounted(whole), "records = accepted + quarantined + skipped");
  const std::size_t cut = file.empty() ? 0 : number % file.size();
  const Parsed parts = parseInChunks(
      file, [&](std::size_t left) { return left == file.size() ? cut : left; }, [] { return true; });
  require(parts == whole, "a file cut in two at " + std::to_string(cut) + " gives the same");
  const std::string twice = file + "\n" + std::string(bytes.substr(2));
  require(differenceWhenLearning(twice, 0).empty(), "learning from lines changes nothing");
}

inline std::string_view viewOf(const std::uint8_t *data, std::size_t size) {
  return {reinterpret_cast<const char *>(data), size};
}
