// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  requireParserLaws("m,a=b c=1\nm,a=b c=2i\n", viewOf(data, size));
  return 0;
}
