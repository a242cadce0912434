// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/RepairRun.h"

#include "core/engine/Engine.h"
#include "core/store/Repair.h"
#include "core/store/TemporaryStore.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <future>

namespace meteorograph {

namespace {

Result<CorrectionReport> readAgain(const std::string &store, const std::vector<Repair::File> &files,
                                   const std::atomic<bool> &stop,
                                   const std::function<void(const std::string &)> &tell) {
  constexpr std::chrono::milliseconds kLook{50};
  EngineOptions options;
  options.store_path = store;
  const Result<std::unique_ptr<Engine>> engine = Engine::open(std::move(options));
  if (!engine)
    return tl::unexpected(engine.error());
  std::vector<std::int64_t> ids;
  for (const Repair::File &file : files)
    ids.push_back(file.id);
  std::promise<Result<CorrectionReport>> promise;
  std::future<Result<CorrectionReport>> done = promise.get_future();
  const Engine::RequestId request = (*engine)->readAgain(
      std::move(ids), [&promise](Result<CorrectionReport> report) { promise.set_value(std::move(report)); });
  while (done.wait_for(kLook) != std::future_status::ready) {
    const EngineStatus status = (*engine)->status();
    tell("reading files again: " + std::to_string(status.corrected_files) + " of " +
         std::to_string(files.size()));
    if (stop)
      (*engine)->cancel(request);
  }
  return done.get();
}

tl::unexpected<Error> unwritable(const std::string &path) {
  return fail(ErrorCode::Unwritable, "cannot write " + path + ": " + std::strerror(errno));
}

} // namespace

Result<RepairReport> repairStore(const std::string &store, const std::string &output,
                                 const std::atomic<bool> &stop,
                                 const std::function<void(const std::string &)> &tell) {
  TemporaryStore target(output);
  if (target.failed())
    return unwritable(output);
  Result<RepairReport> report;
  {
    const Result<std::unique_ptr<Repair>> repair =
        Repair::open(store, target.path(), [&stop] { return !stop; });
    if (!repair)
      return tl::unexpected(repair.error());
    tell("saving what can be read");
    const Result<std::vector<Repair::File>> files = (*repair)->salvage();
    if (!files)
      return tl::unexpected(files.error());
    if (!files->empty()) {
      const Result<CorrectionReport> again = readAgain(target.path(), *files, stop, tell);
      if (!again)
        return tl::unexpected(again.error());
      for (const Error &error : again->errors)
        (*repair)->lose(error.message);
    }
    tell("checking the new store");
    report = (*repair)->conclude();
  }
  if (!report)
    return report;
  if (!target.place())
    return unwritable(output);
  return report;
}

} // namespace meteorograph
