// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "app/StopSignal.h"
#include "core/sink/TextOutput.h"
#include "core/source/Simulator.h"

#include <CLI/CLI.hpp>

namespace meteorograph {

namespace {

struct SimulateArguments {
  SimulatorOptions options;
  bool forever = false;
  std::string start;
};

std::string asText(const SimulatorReport &report) {
  return counted(report.files, "file") + ": " + counted(report.readings, "reading") + ", " +
         grouped(report.late) + " of them late, and " + counted(report.bad, "bad line") + '\n';
}

Result<ExitCode> simulateSensors(SimulateArguments arguments) {
  if (!arguments.start.empty()) {
    const Result<TimeUs> start = parseTimeOption("--start", arguments.start);
    if (!start)
      return tl::unexpected(start.error());
    arguments.options.start_us = *start;
  }
  if (arguments.forever)
    arguments.options.duration_s.reset();
  const StopSignal stop;
  const Result<SimulatorReport> report = simulate(arguments.options, stop.flag());
  if (!report)
    return tl::unexpected(report.error());
  TextOutput output = TextOutput::toStandardOutput();
  output.append(asText(*report));
  return output.finish().map([] { return ExitCode::Done; });
}

} // namespace

void addSimulateCommand(CLI::App &app, CommandLineState &state) {
  const auto arguments = std::make_shared<SimulateArguments>();
  SimulatorOptions &options = arguments->options;
  CLI::App &command = *app.add_subcommand("simulate", "Write what sensors would, into rolled files");
  command.add_option("--output", options.folder, "Folder to write to")->required()->type_name("DIR");
  command.add_option("--devices", options.devices, "How many; default 3")->type_name("N");
  command.add_option("--rate", options.rate_hz, "Lines a second of each device; default 1")->type_name("HZ");
  CLI::Option *forever = command.add_flag("--forever", arguments->forever, "Until SIGINT or SIGTERM");
  command.add_option("--duration", options.duration_s, "Seconds to simulate; default 60")
      ->type_name("S")
      ->excludes(forever);
  command.add_option("--late", options.late_fraction, "Fraction of late readings, 0 to 1")
      ->type_name("FRACTION");
  command.add_option("--bad", options.bad_fraction, "Fraction of broken lines, 0 to 1")
      ->type_name("FRACTION");
  command.add_option("--seed", options.seed, "The same seed gives the same values; default 1")
      ->type_name("N");
  CLI::Option *fast =
      command.add_flag("--fast", options.fast, "Do not wait: write the whole duration at once");
  command
      .add_option("--start", arguments->start,
                  "With --fast, time of the first line; default 2024-01-01T00:00:00Z")
      ->type_name("T")
      ->needs(fast);
  command.callback(
      [&state, arguments] { state.chosen = [arguments] { return simulateSensors(*arguments); }; });
}

} // namespace meteorograph
