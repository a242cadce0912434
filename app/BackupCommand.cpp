// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "app/ProgressLine.h"
#include "app/StopSignal.h"
#include "core/engine/ExportTarget.h"
#include "core/sink/TextOutput.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <mutex>

namespace meteorograph {

namespace {

struct BackupArguments {
  std::string output;
  bool replace = false;
  bool json = false;
};

std::string told(const Copied &copied, const std::string &store, const BackupArguments &arguments) {
  if (arguments.json)
    return nlohmann::ordered_json({{"store", store},
                                   {"output", arguments.output},
                                   {"bytes", copied.bytes},
                                   {"revision", copied.revision},
                                   {"readings", copied.readings},
                                   {"integrity", "ok"}})
               .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
           '\n';
  return "Backed up " + store + " to " + arguments.output + ": " + counted(copied.readings, "reading") +
         ", revision " + grouped(copied.revision) + ", " + grouped(copied.bytes) + " bytes, checked\n";
}

Result<ExitCode> backUp(const CommandLineState &state, const BackupArguments &arguments) {
  const StopSignal stop;
  const std::string store = storePath(state);
  const Result<std::unique_ptr<StoreReader>> reader = openStore(state);
  if (!reader)
    return tl::unexpected(reader.error());
  if (Result<void> allowed = checkCopyTarget(arguments.output, store, arguments.replace); !allowed)
    return tl::unexpected(allowed.error());
  Result<Copied> copied;
  {
    ProgressLine line;
    std::mutex mutex; // the check at the end asks from another thread
    copied = (*reader)->copyTo(arguments.output, [&](std::int64_t done, std::int64_t total) {
      const std::lock_guard lock(mutex);
      if (line.isDue())
        line.show(done < total ? std::to_string(100 * done / total) + " % copied" : "checking the copy");
      return !stop.flag();
    });
  }
  if (!copied)
    return tl::unexpected(copied.error());
  TextOutput output = TextOutput::toStandardOutput();
  output.append(told(*copied, store, arguments));
  return output.finish().map([] { return ExitCode::Done; });
}

} // namespace

void addBackupCommand(CLI::App &app, CommandLineState &state) {
  const auto arguments = std::make_shared<BackupArguments>();
  CLI::App &command = *app.add_subcommand(
      "backup", "Copy the store as it is now, also while it is written to; the copy is a store itself");
  addStoreOption(command, state);
  command
      .add_option("--output", arguments->output,
                  "The copy; an earlier one is replaced when the new one is whole")
      ->type_name("FILE")
      ->required();
  command.add_flag("--replace", arguments->replace, "Overwrite FILE whatever it is");
  command.add_flag("--json", arguments->json, "One line of JSON");
  command.callback(
      [&state, arguments] { state.chosen = [&state, arguments] { return backUp(state, *arguments); }; });
}

} // namespace meteorograph
