// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "app/ProgressLine.h"
#include "app/RetentionReport.h"
#include "app/StopSignal.h"
#include "core/engine/RetentionRun.h"
#include "core/sink/TextOutput.h"

#include <CLI/CLI.hpp>

namespace meteorograph {

namespace {

struct RetainArguments {
  std::array<std::vector<std::string>, 3> limits; ///< as given, of each layer
  bool now = false;
  bool json = false;
  bool changes() const { return !limits[0].empty() || !limits[1].empty() || !limits[2].empty(); }
};

/// The store's settings with what was given instead.
Result<RetentionSettings> askedFor(const RetainArguments &arguments, RetentionSettings settings) {
  for (const StoreLayer layer : kStoreLayers) {
    std::string text;
    for (const std::string &part : arguments.limits[static_cast<std::size_t>(layer)])
      text += (text.empty() ? "" : ",") + part;
    if (text.empty())
      continue;
    Result<LayerLimits> limits = parseLimits(text);
    if (!limits)
      return fail(ErrorCode::Usage, std::string("--") + toString(layer) + ": " + limits.error().message);
    settings.of(layer) = *limits;
  }
  return checkRetention(settings).map([&settings] { return settings; });
}

/// Changes what is to be changed; what was given up, if it was asked for.
Result<std::optional<Retained>> apply(const CommandLineState &state, const RetainArguments &arguments,
                                      const RetentionSettings &settings, const StopSignal &stop) {
  if (!arguments.changes() && !arguments.now)
    return std::nullopt;
  StoreWriterOptions options;
  options.path = storePath(state);
  options.stop = &stop.flag();
  const Result<std::unique_ptr<StoreWriter>> writer = StoreWriter::open(std::move(options));
  if (!writer)
    return tl::unexpected(writer.error());
  if (arguments.changes())
    if (Result<void> changed = Retention(**writer).change(settings); !changed)
      return tl::unexpected(changed.error());
  if (!arguments.now)
    return std::nullopt;
  ProgressLine line;
  const auto progress = [&line](const Retained &done) {
    if (line.isDue())
      line.show(grouped(done.rows[0]) + " readings, " + grouped(done.rows[1] + done.rows[2]) +
                " windows given up");
  };
  return retainNow(**writer, wallClockNow(), stop.flag(), progress).map([](const Retained &done) {
    return std::optional(done);
  });
}

/// On a connection that is closed again: the writer, which empties the log, must be the last.
Result<RetentionStatus> look(const CommandLineState &state) {
  const Result<std::unique_ptr<StoreReader>> reader = openStore(state);
  return reader ? (*reader)->retention(std::nullopt, wallClockNow())
                : Result<RetentionStatus>(tl::unexpected(reader.error()));
}

Result<ExitCode> retain(const CommandLineState &state, const RetainArguments &arguments) {
  const StopSignal stop;
  // A store that is not there is not made, and wrong settings change nothing.
  if (const Result<std::unique_ptr<StoreReader>> reader = openStore(state); !reader)
    return tl::unexpected(reader.error());
  const Result<RetentionStatus> before = look(state);
  const bool older = !before && before.error().code == ErrorCode::StoreUnusable;
  if (!before && !(older && arguments.changes()))
    return tl::unexpected(before.error());
  const Result<RetentionSettings> settings =
      askedFor(arguments, before ? before->settings() : RetentionSettings());
  if (!settings)
    return tl::unexpected(settings.error());
  const Result<std::optional<Retained>> done = apply(state, arguments, *settings, stop);
  if (!done)
    return tl::unexpected(done.error());
  const Result<RetentionStatus> status = look(state);
  if (!status)
    return tl::unexpected(status.error());
  TextOutput output = TextOutput::toStandardOutput();
  output.append(arguments.json ? retentionAsJson(*status, *done) : retentionAsText(*status, *done));
  if (const Result<void> finished = output.finish(); !finished)
    return tl::unexpected(finished.error());
  if (!stop.flag())
    return ExitCode::Done;
  return fail(ErrorCode::Cancelled, "interrupted; run it again to go on");
}

} // namespace

void addRetainCommand(CLI::App &app, CommandLineState &state) {
  const auto arguments = std::make_shared<RetainArguments>();
  CLI::App &command = *app.add_subcommand(
      "retain", "Say what the store keeps, how it grows and how long the disk lasts, or change it");
  addStoreOption(command, state);
  constexpr std::array<const char *, 3> kWhat{"readings", "windows of 1 s", "windows of 10 s to a day"};
  for (const StoreLayer layer : kStoreLayers) {
    const auto at = static_cast<std::size_t>(layer);
    command
        .add_option(std::string("--") + toString(layer), arguments->limits[at],
                    std::string("Keep ") + kWhat[at] +
                        " for an age, up to a size (or both: 30d,20GB), or off")
        ->type_name("AGE|SIZE|off")
        ->allow_extra_args(false);
  }
  command.add_flag("--now", arguments->now,
                   "Give up at once what the settings do not keep; there is no undo");
  command.add_flag("--json", arguments->json, "One JSON document");
  command.callback(
      [&state, arguments] { state.chosen = [&state, arguments] { return retain(state, *arguments); }; });
}

} // namespace meteorograph
