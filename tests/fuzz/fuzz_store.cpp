// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Fuzz.h"
#include "tests/fuzz/HostileDatabase.h"
#include "tests/fuzz/StoreUse.h"

/// The first byte says of which schema the store is and what is done with it; the others, what became of it
/// before.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static StoreUse store;
  Bytes bytes(viewOf(data, size));
  const std::uint8_t choice = bytes.byte();
  writeHostileDatabase(store.path(), store.images()[choice / 4 % store.images().size()], bytes);
  switch (choice % 4) {
  case 0:
    store.look();
    break;
  case 1:
    store.check();
    break;
  case 2:
    store.change();
    break;
  default:
    store.repair();
  }
  store.clearUp();
  return 0;
}
