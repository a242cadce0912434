// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandLine.h"

#include "app/Application.h"
#include "app/CommandSupport.h"
#include "core/sink/TextOutput.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>

namespace meteorograph {

namespace {

ExitCode report(const Error &error) {
  complain(error.message);
  return exitCodeOf(error);
}

ExitCode print(const std::string &text) {
  TextOutput output = TextOutput::toStandardOutput();
  output.append(text);
  const Result<void> finished = output.finish();
  return finished ? ExitCode::Done : report(finished.error());
}

/// Without one, Qt would end the program with a page of advice and a core dump.
bool hasDisplay() {
  for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
    if (const char *value = std::getenv(variable); value && *value)
      return true;
  return false;
}

ExitCode openWindow(int argc, char **argv, const CommandLineState &state, WindowOptions options) {
  for (const std::string &folder : options.folders)
    if (std::error_code error; !std::filesystem::exists(folder, error))
      return report({ErrorCode::Usage, "'" + folder + "' is neither a command nor an existing folder"});
  if (!hasDisplay())
    return report({ErrorCode::Unwritable, "there is no display to open the window on; --help lists the "
                                          "commands that need none"});
  options.store = state.store; // empty: the window takes the last session's, else the default one
  return static_cast<ExitCode>(runWindow(argc, argv, options));
}

int run(int argc, char **argv) {
  CommandLineState state;
  WindowOptions window;
  CLI::App app("Records temperature, humidity and pressure from sensor files on live charts.\n"
               "Without a command it opens the window.",
               "meteorograph");
  app.set_version_flag("--version", "meteorograph " METEOROGRAPH_VERSION);
  app.require_subcommand(0, 1);
  addStoreOption(app, state);
  app.add_flag("--demo", window.demo, "Watch the built-in simulator");
  app.add_option("FOLDER", window.folders, "Folders or files to watch");
  addIngestCommand(app, state);
  addExportCommand(app, state);
  addChartCommand(app, state);
  addStatusCommand(app, state);
  addQuarantineCommand(app, state);
  addAnnotationsCommand(app, state);
  addRetainCommand(app, state);
  addBackupCommand(app, state);
  addRepairCommand(app, state);
  addSimulateCommand(app, state);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp &) {
    return static_cast<int>(print(app.help()));
  } catch (const CLI::CallForVersion &) {
    return static_cast<int>(print(app.version() + '\n'));
  } catch (const CLI::ParseError &error) {
    return static_cast<int>(report({ErrorCode::Usage, error.what()}));
  }
  if (!state.chosen)
    return static_cast<int>(openWindow(argc, argv, state, std::move(window)));
  if (window.demo || !window.folders.empty())
    return static_cast<int>(report({ErrorCode::Usage, "a command takes its arguments after its name"}));
  const Result<ExitCode> done = state.chosen();
  return static_cast<int>(done ? *done : report(done.error()));
}

} // namespace

int runCommandLine(int argc, char **argv) {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is told as an error of writing
  return run(argc, argv);
}

} // namespace meteorograph
