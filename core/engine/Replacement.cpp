// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/Replacement.h"

#include "core/source/ReadAgain.h"

namespace meteorograph {

Result<std::uint64_t> replaceTogether(BatchQueue &queue, WriterLoop &writer, FileDecision &decision,
                                      const FileReader::Options &options) {
  static const std::atomic<bool> kNever{false};
  const std::atomic<bool> &stop = options.stop ? *options.stop : kNever;
  const auto step = [&](Corrections &corrections) {
    return corrections.takeTogether(
        [&](const Corrections::Sink &sink) { return readToEnd(decision, options, true, sink); });
  };
  queue.setBusy(false);
  queue.waitDrained();
  Result<Corrected> done;
  if (!queue.runJob([&] { done = writer.correct(step, stop); }))
    return fail(ErrorCode::Cancelled, "the engine was stopped");
  queue.setBusy(true);
  return done ? Result<std::uint64_t>(queue.doneSequence()) : tl::unexpected(done.error());
}

} // namespace meteorograph
