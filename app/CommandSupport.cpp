// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"

#include "core/source/TextEncoding.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace meteorograph {

namespace {

std::string homeFolder() {
  if (const char *home = std::getenv("HOME"); home && *home)
    return home;
  const passwd *user = ::getpwuid(::getuid());
  return user && user->pw_dir ? user->pw_dir : "/";
}

/// "; known are a, b, c and 12 others", in the store's order.
template <class Item> std::string knownNames(const std::vector<Item> &all) {
  constexpr std::size_t kMostNamed = 20;
  std::string text = all.empty()       ? "; the store knows none"
                     : all.size() == 1 ? "; known is "
                                       : "; known are ";
  for (std::size_t i = 0; i < std::min(all.size(), kMostNamed); ++i)
    text += (i > 0 ? ", " : "") + all[i].name;
  if (all.size() > kMostNamed)
    text += " and " + counted(static_cast<std::int64_t>(all.size() - kMostNamed), "other");
  return text;
}

/// The items of `all` that the names stand for, in the order of the names; all without names.
template <class Item>
Result<std::vector<Item>> named(std::vector<Item> all, const std::vector<std::string> &names,
                                const char *what) {
  if (names.empty())
    return all;
  std::vector<Item> chosen;
  for (const std::string &name : names) {
    const auto same = [&name](const Item &item) { return item.name == name; };
    const auto found = std::find_if(all.begin(), all.end(), same);
    if (found == all.end())
      return fail(ErrorCode::Usage, std::string("unknown ") + what + " '" + name + "'" + knownNames(all));
    if (std::none_of(chosen.begin(), chosen.end(), same))
      chosen.push_back(*found);
  }
  return chosen;
}

Result<std::optional<TimeUs>> optionalTime(const std::string &option, const std::string &text) {
  if (text.empty())
    return std::optional<TimeUs>();
  return parseTimeOption(option, text).map([](TimeUs time) { return std::optional(time); });
}

/// The bytes of the character at a position; of what is no UTF-8, one byte.
std::string_view characterAt(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 4;
  for (std::size_t bytes = 1; bytes <= std::min(kLongest, text.size() - at); ++bytes)
    if (isValidUtf8(text.substr(at, bytes)))
      return text.substr(at, bytes);
  return text.substr(at, 1);
}

std::string escaped(char byte) {
  std::array<char, 5> text{};
  std::snprintf(text.data(), text.size(), "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
  return text.data();
}

/// Control characters, and those that turn the direction of what follows.
bool steersTerminal(std::string_view character) {
  std::size_t at = 0;
  const char32_t point = nextCodePoint(character, at);
  const auto between = [point](char32_t first, char32_t last) { return point >= first && point <= last; };
  return point < 0x20 || between(0x7f, 0x9f) || between(0x200e, 0x200f) || between(0x202a, 0x202e) ||
         between(0x2066, 0x2069);
}

} // namespace

std::string defaultStorePath() {
  // A relative XDG_DATA_HOME is invalid and to be ignored, as its specification says.
  const char *data = std::getenv("XDG_DATA_HOME");
  const std::string folder = data && *data == '/' ? data : homeFolder() + "/.local/share";
  return folder + "/meteorograph/default.meteorograph";
}

std::string storePath(const CommandLineState &state) {
  return state.store.empty() ? defaultStorePath() : state.store;
}

Result<std::unique_ptr<StoreReader>> openStore(const CommandLineState &state) {
  return StoreReader::open(storePath(state));
}

ExitCode exitCodeOf(const Error &error) {
  switch (error.code) {
  case ErrorCode::Usage:
    return ExitCode::Usage;
  case ErrorCode::StoreUnusable:
  case ErrorCode::StoreNewer:
  case ErrorCode::StoreBusy:
    return ExitCode::Store;
  case ErrorCode::Unreadable:
  case ErrorCode::Exhausted:
  case ErrorCode::Unwritable:
  case ErrorCode::Cancelled:
    break;
  }
  return ExitCode::Failed;
}

void complain(const std::string &message) {
  // What comes in several lines, as of the parser of options, is told in one.
  std::string line = message;
  std::replace(line.begin(), line.end(), '\n', ' ');
  line = "meteorograph: " + printable(line) + '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void addStoreOption(CLI::App &command, CommandLineState &state) {
  command.add_option("--store", state.store, "The store; default: " + defaultStorePath())->type_name("FILE");
}

void addSelectionOptions(CLI::App &command, SelectionArguments &arguments) {
  command.add_option("--device", arguments.devices, "Only this device; may be given several times")
      ->type_name("D")
      ->allow_extra_args(false);
  command.add_option("--quantity", arguments.quantities, "Only this quantity; may be given several times")
      ->type_name("Q")
      ->allow_extra_args(false);
  command
      .add_option("--from", arguments.from, "Only what is not before T, such as 2024-01-31T12:00 or now-6h")
      ->type_name("T");
  command.add_option("--to", arguments.to, "Only what is before T")->type_name("T");
}

Result<Selection> select(StoreReader &reader, const SelectionArguments &arguments) {
  Selection selection;
  const Result<std::optional<TimeUs>> from = optionalTime("--from", arguments.from);
  const Result<std::optional<TimeUs>> to = optionalTime("--to", arguments.to);
  if (!from || !to)
    return tl::unexpected(from ? to.error() : from.error());
  if (*from && *to && **from > **to)
    return fail(ErrorCode::Usage, "--from is after --to");
  Result<std::vector<Device>> devices = reader.devices();
  Result<std::vector<Quantity>> quantities = reader.quantities();
  if (devices)
    devices = named(std::move(*devices), arguments.devices, "device");
  if (quantities)
    quantities = named(std::move(*quantities), arguments.quantities, "quantity");
  if (!devices || !quantities)
    return tl::unexpected(devices ? quantities.error() : devices.error());
  return Selection{std::move(*devices), std::move(*quantities), *from, *to};
}

Result<TimeUs> parseTimeOption(const std::string &option, const std::string &text) {
  if (const std::optional<TimeUs> time = parseTimeExpression(text, wallClockNow()))
    return *time;
  return fail(ErrorCode::Usage, option + ": '" + text + "' is no time such as 2024-01-31T12:00 or now-6h");
}

std::string grouped(std::int64_t value) {
  std::string text = std::to_string(value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > first + 3;)
    text.insert(at -= 3, ",");
  return text;
}

std::string counted(std::int64_t value, const std::string &noun) {
  return grouped(value) + ' ' + noun + (value == 1 ? "" : "s");
}

std::string printable(const std::string &text) {
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view character = characterAt(text, at);
    at += character.size();
    if (character == "\n" || character == "\r" || character == "\t")
      line += character == "\n" ? "\\n" : character == "\r" ? "\\r" : "\\t";
    else if (!isValidUtf8(character))
      line += escaped(character.front());
    else
      line += steersTerminal(character) ? "." : character;
  }
  return line;
}

} // namespace meteorograph
