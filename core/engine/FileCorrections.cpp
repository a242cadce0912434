// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/FileCorrections.h"

#include "core/source/MappingCheck.h"

namespace meteorograph {

namespace {

std::string textOf(const Mapping &mapping) { return mapping.empty() ? std::string() : toJson(mapping); }

/// The source, or an error where there is none (any more).
Result<SourceStatus> findSource(CorrectionRun &run, std::int64_t id) {
  std::optional<SourceStatus> source;
  const Result<void> asked = run.ask([&](StoreWriter &writer) { source = writer.sources().byId(id); });
  if (!asked)
    return tl::unexpected(asked.error());
  return source ? Result<SourceStatus>(*source) : fail(ErrorCode::Usage, "there is no such source");
}

Result<void> readAsSourcesSay(CorrectionRun &run, const std::vector<std::int64_t> &files) {
  return run.eachFile(files, [&run](Corrections &corrections, FileCheckpoint file) {
    const Result<std::string> mapping = corrections.mappingFor(file.path);
    return mapping ? run.readAgain(corrections, file, *mapping, false) : tl::unexpected(mapping.error());
  });
}

} // namespace

Result<void> takeOutFiles(CorrectionRun &run, const std::vector<std::int64_t> &files) {
  return run.eachFile(files, [](Corrections &corrections, const FileCheckpoint &file) {
    return corrections.removeReadings(file);
  });
}

Result<void> readFilesWith(CorrectionRun &run, const std::vector<std::int64_t> &files,
                           const Mapping &mapping) {
  if (const Result<void> good = checkMapping(mapping); !good)
    return good;
  return run.eachFile(files, [&](Corrections &corrections, FileCheckpoint file) {
    return run.readAgain(corrections, std::move(file), textOf(mapping), true);
  });
}

Result<void> readFilesAsBefore(CorrectionRun &run, const std::vector<std::int64_t> &files) {
  return run.eachFile(files, [&run](Corrections &corrections, FileCheckpoint file) {
    std::string mapping = file.mapping;
    const bool own = file.own_mapping;
    return run.readAgain(corrections, std::move(file), std::move(mapping), own);
  });
}

Result<void> readFilesOtherwise(CorrectionRun &run, const std::vector<std::string> &paths) {
  std::vector<std::int64_t> files;
  const Result<void> asked = run.ask([&](StoreWriter &writer) {
    for (const std::string &path : paths)
      for (const std::int64_t id : writer.sources().filesReadOtherwise(path, false))
        if (std::find(files.begin(), files.end(), id) == files.end())
          files.push_back(id);
  });
  return asked ? readAsSourcesSay(run, files) : asked;
}

Result<void> changeSettings(CorrectionRun &run, std::int64_t source_id, const SourceSettings &settings) {
  if (const Result<void> good = checkMapping(settings.mapping); !good)
    return good;
  const Result<SourceStatus> source = findSource(run, source_id);
  if (!source)
    return tl::unexpected(source.error());
  if (source->settings.leave_out_duplicates != settings.leave_out_duplicates) {
    const Result<void> changed = run.change([&](Corrections &corrections) {
      return corrections.leaveOutDuplicates(source_id, settings.leave_out_duplicates);
    });
    if (!changed)
      return changed;
  }
  std::vector<std::int64_t> files;
  const Result<void> asked = run.ask([&](StoreWriter &writer) {
    if (writer.sources().setMapping(source_id, settings.mapping))
      files = writer.sources().filesReadOtherwise(source->path, true);
  });
  return asked ? readAsSourcesSay(run, files) : asked;
}

Result<void> forgetSource(CorrectionRun &run, SourceLoop *loop, std::int64_t source_id, bool with_readings) {
  const Result<SourceStatus> source = findSource(run, source_id);
  if (!source)
    return tl::unexpected(source.error());
  if (loop != nullptr)
    loop->unfollow(source->path);
  std::vector<std::int64_t> files;
  Result<void> done = run.ask([&](StoreWriter &writer) {
    if (with_readings)
      files = writer.sources().filesBelow(source->path);
  });
  if (done)
    done = takeOutFiles(run, files);
  if (done && source->settings.leave_out_duplicates)
    done = run.change(
        [&](Corrections &corrections) { return corrections.leaveOutDuplicates(source_id, false); });
  if (!done)
    return done;
  return run.ask([&](StoreWriter &writer) { (void)writer.removeSource(source_id); });
}

} // namespace meteorograph
