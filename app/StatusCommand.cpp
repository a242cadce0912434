// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "app/StatusReport.h"
#include "core/sink/TextOutput.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace meteorograph {

namespace {

struct StatusArguments {
  bool json = false;
  bool check = false;
};

/// Of the last events those that tell of trouble.
std::vector<EventEntry> troublesOf(StoreReader &reader) {
  constexpr std::int64_t kLooked = 200;
  constexpr std::size_t kTold = 5;
  std::vector<EventEntry> events = reader.events(kLooked).value_or(std::vector<EventEntry>());
  std::erase_if(events, [](const EventEntry &event) { return event.kind == "note"; });
  if (events.size() > kTold)
    events.resize(kTold);
  return events;
}

std::vector<SourceFault> faultsOf(const Overview &overview) {
  std::vector<SourceFault> faults;
  for (const SourceStatus &source : overview.sources)
    if (source.following && ::access(source.path.c_str(), R_OK) != 0)
      faults.push_back({source.path, wallClockNow(), std::strerror(errno)});
  return faults;
}

Result<StatusReport> collect(StoreReader &reader, bool thorough) {
  Result<Overview> overview = reader.overview();
  if (!overview)
    return tl::unexpected(overview.error());
  Result<std::vector<FileStatus>> files = reader.files(-1, 0);
  if (!files)
    return tl::unexpected(files.error());
  Result<Integrity> integrity = reader.integrity(thorough);
  if (!integrity)
    return tl::unexpected(integrity.error());
  // A store of an earlier version says nothing of the two.
  RetentionStatus retention = reader.retention(std::nullopt, wallClockNow()).value_or(RetentionStatus());
  std::vector<SourceFault> faults = faultsOf(*overview);
  return StatusReport{std::move(*overview), std::move(*files),        std::move(retention),
                      reader.progress(),    std::move(*integrity),    troublesOf(reader),
                      std::move(faults),    reader.integrityHistory()};
}

Result<ExitCode> showStatus(const CommandLineState &state, const StatusArguments &arguments) {
  const Result<std::unique_ptr<StoreReader>> reader = openStore(state);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<StatusReport> report = collect(**reader, arguments.check);
  if (!report)
    return tl::unexpected(report.error());
  TextOutput output = TextOutput::toStandardOutput();
  output.append(arguments.json ? statusAsJson(*report) : statusAsText(*report));
  const ExitCode code = report->integrity.found == "ok" ? ExitCode::Done : ExitCode::Store;
  return output.finish().map([code] { return code; });
}

} // namespace

void addStatusCommand(CLI::App &app, CommandLineState &state) {
  const auto arguments = std::make_shared<StatusArguments>();
  CLI::App &command = *app.add_subcommand("status", "Say what the store holds and whether it is sound");
  addStoreOption(command, state);
  command.add_flag("--json", arguments->json, "One JSON document");
  command.add_flag("--check", arguments->check, "Check a large store as a whole too, which reads all of it");
  command.callback(
      [&state, arguments] { state.chosen = [&state, arguments] { return showStatus(state, *arguments); }; });
}

} // namespace meteorograph
