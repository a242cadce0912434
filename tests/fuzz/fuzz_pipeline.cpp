// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Bytes.h"
#include "tests/fuzz/Fuzz.h"
#include "tests/support/HistoryRun.h"

/// Files grow, rotate, move, are cut, packed and rewritten as the bytes say: the first is the seed of the
/// lines, six more are a step. What the store holds then is what the model says.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  constexpr std::size_t kMaxSteps = 40;
  Bytes bytes(viewOf(data, size));
  const std::uint32_t seed = bytes.byte();
  History history{{Deed::Create, 0, static_cast<std::uint32_t>(bytes.number(4)), 0}};
  while (!bytes.atEnd() && history.size() < kMaxSteps) {
    const auto deed = static_cast<Deed>(bytes.byte() % static_cast<unsigned>(Deed::Count_));
    const auto which = static_cast<std::uint32_t>(bytes.byte());
    history.push_back({deed, which, static_cast<std::uint32_t>(bytes.number(4)), history.size()});
  }
  HistoryRun run(seed, makeSteppedSubject(seed));
  const std::string failure = run.go(history);
  require(failure.empty(), failure + "\n" + describe(history) + run.files());
  return 0;
}
