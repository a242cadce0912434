// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Commands.h"
#include "core/model/Export.h"
#include "core/store/StoreReader.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meteorograph {

/// The store that is used when none is named: in the user's data folder.
std::string defaultStorePath();
/// The named store, or the default one.
std::string storePath(const CommandLineState &state);
Result<std::unique_ptr<StoreReader>> openStore(const CommandLineState &state);

ExitCode exitCodeOf(const Error &error);
/// One line on standard error: `meteorograph: …`.
void complain(const std::string &message);

/// Adds --store.
void addStoreOption(CLI::App &command, CommandLineState &state);

/// The part of a store's data that --device, --quantity, --from and --to choose, as given.
struct SelectionArguments {
  std::vector<std::string> devices;
  std::vector<std::string> quantities;
  std::string from;
  std::string to;
};
void addSelectionOptions(CLI::App &command, SelectionArguments &arguments);

/// The same, understood: in the order of the arguments, all of the store where none was given.
struct Selection {
  std::vector<Device> devices;
  std::vector<Quantity> quantities;
  std::optional<TimeUs> from_us;
  std::optional<TimeUs> to_us;
};
/// Fails with Usage, naming what is unknown.
Result<Selection> select(StoreReader &reader, const SelectionArguments &arguments);

/// Reads a time as the command line takes it. Fails with Usage, naming the option.
Result<TimeUs> parseTimeOption(const std::string &option, const std::string &text);

/// Text from files or people on one line that cannot disturb a terminal.
std::string printable(const std::string &text);

/// Whole numbers as people read them: 1,234,567.
std::string grouped(std::int64_t value);
/// With a noun: "1 file", "1,234 files".
std::string counted(std::int64_t value, const std::string &noun);

} // namespace meteorograph
