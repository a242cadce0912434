// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "app/StatusReport.h"
#include "core/sink/TextOutput.h"

#include <CLI/CLI.hpp>

namespace meteorograph {

namespace {

Result<StatusReport> collect(StoreReader &reader) {
  Result<Overview> overview = reader.overview();
  if (!overview)
    return tl::unexpected(overview.error());
  Result<std::vector<FileStatus>> files = reader.files(-1, 0);
  if (!files)
    return tl::unexpected(files.error());
  Result<std::string> integrity = reader.integrity();
  if (!integrity)
    return tl::unexpected(integrity.error());
  return StatusReport{std::move(*overview), std::move(*files), std::move(*integrity)};
}

Result<ExitCode> showStatus(const CommandLineState &state, bool json) {
  const Result<std::unique_ptr<StoreReader>> reader = openStore(state);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<StatusReport> report = collect(**reader);
  if (!report)
    return tl::unexpected(report.error());
  TextOutput output = TextOutput::toStandardOutput();
  output.append(json ? statusAsJson(*report) : statusAsText(*report));
  const ExitCode code = report->integrity == "ok" ? ExitCode::Done : ExitCode::Store;
  return output.finish().map([code] { return code; });
}

} // namespace

void addStatusCommand(CLI::App &app, CommandLineState &state) {
  const auto json = std::make_shared<bool>(false);
  CLI::App &command = *app.add_subcommand("status", "Say what the store holds and whether it is sound");
  addStoreOption(command, state);
  command.add_flag("--json", *json, "One JSON document");
  command.callback([&state, json] { state.chosen = [&state, json] { return showStatus(state, *json); }; });
}

} // namespace meteorograph
