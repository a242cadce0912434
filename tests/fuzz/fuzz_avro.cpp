// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Fuzz.h"
#include "tests/fuzz/MemoryFile.h"
#include "tests/fuzz/ReaderLaws.h"

/// The first byte says how much is read at a time; what follows is an Avro container.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size > 1 && viewOf(data + 1, size - 1).starts_with("Obj"))
    requireReaderLaws(MemoryFile(viewOf(data + 1, size - 1)).path(), std::size_t{data[0]} + 1);
  return 0;
}
