// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace meteorograph {

enum class ExitCode { Done = 0, Failed = 1, Usage = 2, Store = 3 };

/// What a subcommand does once the whole command line is understood. An Error is told to the user
/// by the caller, who also makes the exit code of it.
using Command = std::function<Result<ExitCode>()>;

/// What the subcommands share: each adds itself to the parser and, when it is chosen, sets `chosen`.
/// Outlives the parsing.
struct CommandLineState {
  std::string store; ///< of --store; empty: the default store
  Command chosen;
};

void addIngestCommand(CLI::App &app, CommandLineState &state);
void addExportCommand(CLI::App &app, CommandLineState &state);
void addChartCommand(CLI::App &app, CommandLineState &state);
void addStatusCommand(CLI::App &app, CommandLineState &state);
void addQuarantineCommand(CLI::App &app, CommandLineState &state);
void addAnnotationsCommand(CLI::App &app, CommandLineState &state);
void addRetainCommand(CLI::App &app, CommandLineState &state);
void addBackupCommand(CLI::App &app, CommandLineState &state);
void addRepairCommand(CLI::App &app, CommandLineState &state);
void addSimulateCommand(CLI::App &app, CommandLineState &state);

} // namespace meteorograph
