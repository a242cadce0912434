// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "core/sink/TextOutput.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

constexpr std::int64_t kPageRecords = 1000; // each may be 64 KiB of text

std::string asJson(const QuarantinedRecord &record) {
  const nlohmann::ordered_json line = {{"file", record.file},
                                       {"line", record.line},
                                       {"offset", record.offset},
                                       {"reason", record.reason},
                                       {"text", record.text}};
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string asText(const QuarantinedRecord &record) {
  return printable(record.file) + ':' + std::to_string(record.line) + " (byte " +
         std::to_string(record.offset) + "): " + printable(record.reason) + "\n    " +
         printable(record.text) + '\n';
}

Result<ExitCode> listQuarantine(const CommandLineState &state, bool json) {
  const Result<std::unique_ptr<StoreReader>> reader = openStore(state);
  if (!reader)
    return tl::unexpected(reader.error());
  TextOutput output = TextOutput::toStandardOutput();
  for (std::int64_t last = 0; !output.failed();) {
    const Result<std::vector<QuarantinedRecord>> page = (*reader)->quarantine(kPageRecords, last);
    if (!page)
      return tl::unexpected(page.error());
    if (page->empty())
      break;
    for (const QuarantinedRecord &record : *page)
      output.append(json ? asJson(record) : asText(record));
    last = page->back().id;
  }
  return output.finish().map([] { return ExitCode::Done; });
}

} // namespace

void addQuarantineCommand(CLI::App &app, CommandLineState &state) {
  const auto json = std::make_shared<bool>(false);
  CLI::App &command =
      *app.add_subcommand("quarantine", "List every record that could not be read as a reading");
  addStoreOption(command, state);
  command.add_flag("--json", *json, "One JSON object a line");
  command.callback(
      [&state, json] { state.chosen = [&state, json] { return listQuarantine(state, *json); }; });
}

} // namespace meteorograph
