// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "app/IngestProgress.h"
#include "app/StopSignal.h"
#include "core/engine/Engine.h"
#include "core/sink/TextOutput.h"
#include "core/source/Presets.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <filesystem>

namespace meteorograph {

namespace {

struct IngestArguments {
  std::vector<std::string> paths;
  std::string mapping;
  bool follow = false;
  bool json = false;
  double wait_seconds = 0; ///< for another writer to end
};

double readingsPerSecond(const IngestReport &report) {
  const double rate = report.seconds > 0 ? static_cast<double>(report.readings) / report.seconds : 0;
  return std::round(rate * 1000) / 1000;
}

std::string asJson(const IngestReport &report) {
  const nlohmann::ordered_json line = {{"files", report.files},
                                       {"records", report.counts.records},
                                       {"accepted", report.counts.accepted},
                                       {"quarantined", report.counts.quarantined},
                                       {"skipped", report.counts.skipped},
                                       {"readings", report.readings},
                                       {"late", report.late},
                                       {"devices", report.devices},
                                       {"seconds", std::round(report.seconds * 1e6) / 1e6},
                                       {"readings_per_second", readingsPerSecond(report)}};
  return line.dump() + '\n';
}

std::string asText(const IngestReport &report) {
  char speed[64];
  std::snprintf(speed, sizeof speed, "%.2f s, %s readings/s", report.seconds,
                grouped(static_cast<std::int64_t>(readingsPerSecond(report))).c_str());
  return counted(report.files, "file") + ": " + counted(report.counts.records, "record") + " = " +
         grouped(report.counts.accepted) + " accepted + " + grouped(report.counts.quarantined) +
         " quarantined + " + grouped(report.counts.skipped) + " skipped\n" +
         counted(report.readings, "reading") + " of " + counted(report.devices, "device") + ", " +
         grouped(report.late) + " of them late (" + speed + ")\n";
}

/// Tells what could not be read, then the totals. A script that asked for them as JSON gets them
/// even when nothing was read.
Result<ExitCode> conclude(const IngestReport &report, const IngestArguments &arguments, ExitCode code) {
  for (const Error &error : report.errors)
    complain(error.message);
  if (arguments.paths.empty() && !arguments.json)
    return code;
  TextOutput output = TextOutput::toStandardOutput();
  output.append(arguments.json ? asJson(report) : asText(report));
  const Result<void> finished = output.finish();
  if (!finished)
    return tl::unexpected(finished.error());
  return report.errors.empty() ? code : ExitCode::Failed;
}

/// Paths that are not there. They are found before the store is opened, so that a mistyped name
/// alone creates nothing.
std::vector<Error> missing(std::vector<std::string> &paths) {
  std::vector<Error> errors;
  std::erase_if(paths, [&errors](const std::string &path) {
    std::error_code error;
    const bool absent = !std::filesystem::exists(std::filesystem::status(path, error));
    if (absent)
      errors.push_back({ErrorCode::Unreadable, "cannot read " + path + ": " + error.message()});
    return absent;
  });
  return errors;
}

Result<IngestReport> ingestOnce(Engine &engine, const std::vector<std::string> &paths,
                                const std::optional<Mapping> &mapping, const StopSignal &stop) {
  const IngestProgress progress(engine);
  return engine.ingest(paths, stop.flag(), mapping);
}

/// What keeps the engine from storing or from reading.
std::string troubleOf(const EngineStatus &status) {
  if (!status.error.empty() || status.faults.empty())
    return status.error;
  return status.faults.front().reason;
}

Result<IngestReport> follow(Engine &engine, const std::vector<std::string> &paths,
                            const std::optional<Mapping> &mapping, const StopSignal &stop) {
  constexpr std::chrono::milliseconds kLook{500}; // how soon trouble is told
  const auto began = std::chrono::steady_clock::now();
  {
    const IngestProgress progress(engine);
    engine.follow(paths, mapping);
    // A full disk or another program's lock passes: the engine keeps what it has read and tries again.
    std::string told;
    while (!stop.waitFor(kLook)) {
      const std::string trouble = troubleOf(engine.status());
      if (trouble != told)
        complain(trouble.empty() ? "that is over: what waited is taken in" : trouble + "; trying again");
      told = trouble;
    }
  }
  engine.stop();
  IngestReport report = engine.followReport();
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return report;
}

/// Opens the store; while another program writes to it, tries again for as long as was asked.
Result<std::unique_ptr<Engine>> openInTurn(const EngineOptions &options, double wait_seconds,
                                           const StopSignal &stop) {
  constexpr std::chrono::milliseconds kLook{250};
  using Clock = std::chrono::steady_clock;
  const auto until =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(wait_seconds));
  for (bool told = false;; told = true) {
    Result<std::unique_ptr<Engine>> engine = Engine::open(options);
    if (engine || engine.error().code != ErrorCode::StoreBusy)
      return engine;
    const std::string &busy = engine.error().message;
    if (wait_seconds <= 0)
      return fail(ErrorCode::StoreBusy, busy + "; end it first, open the folder there, or --wait for it");
    if (Clock::now() >= until)
      return engine;
    if (!told)
      complain(busy + "; waiting for it to end");
    if (stop.waitFor(kLook))
      return engine;
  }
}

Result<std::optional<Mapping>> givenMapping(const IngestArguments &arguments) {
  if (arguments.mapping.empty())
    return std::optional<Mapping>();
  Result<Mapping> mapping = loadMapping(arguments.mapping);
  if (!mapping)
    return fail(mapping.error().code, "--map: " + mapping.error().message);
  return std::optional(std::move(*mapping));
}

Result<ExitCode> ingest(const CommandLineState &state, IngestArguments arguments) {
  const Result<std::optional<Mapping>> mapping = givenMapping(arguments);
  if (!mapping)
    return tl::unexpected(mapping.error());
  const StopSignal stop;
  std::vector<Error> absent = missing(arguments.paths);
  if (arguments.paths.empty()) {
    IngestReport nothing;
    nothing.errors = std::move(absent);
    return conclude(nothing, arguments, ExitCode::Failed);
  }
  EngineOptions options;
  options.store_path = storePath(state);
  options.stop = &stop.flag();
  const Result<std::unique_ptr<Engine>> engine = openInTurn(options, arguments.wait_seconds, stop);
  if (!engine)
    return tl::unexpected(engine.error());
  Result<IngestReport> report = arguments.follow ? follow(**engine, arguments.paths, *mapping, stop)
                                                 : ingestOnce(**engine, arguments.paths, *mapping, stop);
  if (!report)
    return tl::unexpected(report.error());
  report->errors.insert(report->errors.begin(), absent.begin(), absent.end());
  if (arguments.follow || !stop.flag())
    return conclude(*report, arguments, ExitCode::Done);
  report->errors.push_back(
      {ErrorCode::Cancelled, "interrupted; what was read is kept, run it again to go on"});
  return conclude(*report, arguments, ExitCode::Failed);
}

} // namespace

void addIngestCommand(CLI::App &app, CommandLineState &state) {
  const auto arguments = std::make_shared<IngestArguments>();
  CLI::App &command =
      *app.add_subcommand("ingest", "Read everything new in files and folders into the store");
  addStoreOption(command, state);
  command.add_flag("--follow", arguments->follow, "Go on with what is added, until SIGINT or SIGTERM");
  command
      .add_option("--map", arguments->mapping,
                  "How to read all PATHs, remembered for them; files that were read otherwise are read again")
      ->type_name("FILE.json|PRESET");
  constexpr double kMostSeconds = 1e7; // some months
  command
      .add_option("--wait", arguments->wait_seconds,
                  "While another program writes to the store, wait so long for it to end; else it is refused")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, kMostSeconds));
  command.add_flag("--json", arguments->json, "Print the totals as one line of JSON");
  command.add_option("PATH", arguments->paths, "Files or folders")->required();
  command.callback(
      [&state, arguments] { state.chosen = [&state, arguments] { return ingest(state, *arguments); }; });
}

} // namespace meteorograph
