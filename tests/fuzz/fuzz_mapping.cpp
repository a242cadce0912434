// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Mapping.h"
#include "tests/fuzz/Fuzz.h"

using namespace meteorograph;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const Result<Mapping> mapping = mappingFromJson(viewOf(data, size));
  if (!mapping) {
    require(mapping.error().message.find('\n') == std::string::npos, "one line says what is wrong");
    return 0;
  }
  const std::string text = toJson(*mapping);
  const Result<Mapping> again = mappingFromJson(text);
  require(again.has_value(), "what is written can be read: " + text);
  require(*again == *mapping, "a mapping is the same when it is read again: " + text);
  require(toJson(*again) == text, "equal mappings give equal text");
  return 0;
}
