// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "app/ProgressLine.h"
#include "app/StopSignal.h"
#include "core/engine/ExportTarget.h"
#include "core/engine/RepairRun.h"
#include "core/sink/TextOutput.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

struct RepairArguments {
  std::string output;
  bool json = false;
};

std::string asJson(const RepairReport &report, const std::string &store, const std::string &output) {
  const nlohmann::ordered_json document = {{"store", store},
                                           {"output", output},
                                           {"whole", report.lost.empty()},
                                           {"files", report.files},
                                           {"readings", report.readings},
                                           {"windows", report.windows},
                                           {"windows_without_readings", report.windows_without_readings},
                                           {"damage", report.damage},
                                           {"read_again", report.read_again},
                                           {"lost", report.lost}};
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string linesOf(const char *title, const std::vector<std::string> &lines) {
  std::string text = lines.empty() ? std::string() : std::string(title) + "\n";
  for (const std::string &line : lines)
    text += "  " + printable(line) + '\n';
  return text;
}

std::string asText(const RepairReport &report, const std::string &store, const std::string &output) {
  std::string text = output + ": " + counted(report.readings, "reading") + " of " +
                     counted(report.files, "file") + ", " + counted(report.windows, "window") + " of 1 s\n";
  text += report.damage.empty() && report.read_again.empty() && report.lost.empty()
              ? "No damage was found.\n"
              : linesOf("Damaged:", report.damage) +
                    linesOf("Read again from their files:", report.read_again) +
                    linesOf("Lost:", report.lost);
  if (report.windows_without_readings > 0)
    text += counted(report.windows_without_readings, "window") + " kept whose readings are lost\n";
  if (report.lost.empty())
    text += "Nothing is lost.\n";
  return text + store + " is as it was; put the new store in its place when you are content with it.\n";
}

Result<ExitCode> repair(const CommandLineState &state, const RepairArguments &arguments) {
  const StopSignal stop;
  const std::string store = storePath(state);
  if (Result<void> allowed = checkNewTarget(arguments.output, store); !allowed)
    return tl::unexpected(allowed.error());
  Result<RepairReport> report;
  {
    ProgressLine line;
    report = repairStore(store, arguments.output, stop.flag(),
                         [&line](const std::string &text) { line.show(text); });
  }
  if (!report)
    return tl::unexpected(report.error());
  TextOutput output = TextOutput::toStandardOutput();
  output.append(arguments.json ? asJson(*report, store, arguments.output)
                               : asText(*report, store, arguments.output));
  const ExitCode code = report->lost.empty() ? ExitCode::Done : ExitCode::Failed;
  return output.finish().map([code] { return code; });
}

} // namespace

void addRepairCommand(CLI::App &app, CommandLineState &state) {
  const auto arguments = std::make_shared<RepairArguments>();
  CLI::App &command = *app.add_subcommand(
      "repair",
      "Save what can be read of a damaged store into a new one, and read the rest from its files again");
  addStoreOption(command, state);
  command
      .add_option("--output", arguments->output,
                  "The new store, where nothing is yet; the damaged one is never changed")
      ->type_name("NEW.meteorograph")
      ->required();
  command.add_flag("--json", arguments->json, "One JSON document");
  command.callback(
      [&state, arguments] { state.chosen = [&state, arguments] { return repair(state, *arguments); }; });
}

} // namespace meteorograph
