// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "app/StopSignal.h"
#include "core/sink/CsvWriter.h"
#include "core/sink/JsonWriter.h"
#include "ui/export/ExportTarget.h"
#include "ui/export/FileHash.h"
#include "ui/export/SceneExport.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>

#include <map>
#include <optional>

namespace meteorograph {

namespace {

const std::map<std::string, Layer> kLayers = {
    {"bronze", Layer::Bronze}, {"silver", Layer::Silver}, {"gold", Layer::Gold}};
const std::map<std::string, TimeUs> kWindows = {
    {"1s", kSecond}, {"10s", 10 * kSecond}, {"60s", kMinute}, {"600s", 10 * kMinute}, {"3600s", kHour}};

struct ExportArguments {
  std::string layer;
  SelectionArguments selection;
  std::string window = "1s";
  std::string format = "csv";
  std::string output;
  bool noSidecar = false;
};

std::unique_ptr<RowWriter> makeWriter(const ExportArguments &arguments, TextOutput &output) {
  if (arguments.format == "json")
    return std::make_unique<JsonWriter>(output);
  return std::make_unique<CsvWriter>(output);
}

Result<void> exportRows(StoreReader &reader, const ExportRequest &request, RowWriter &writer,
                        const StopSignal *stop, std::int64_t &rows) {
  const auto write = [&writer, &rows, stop](const auto &row) {
    ++rows;
    return !(stop && stop->flag()) && writer.write(row);
  };
  switch (request.layer) {
  case Layer::Bronze:
    return reader.exportBronze(request, write);
  case Layer::Silver:
    return reader.exportSilver(request, write);
  case Layer::Gold:
    break;
  }
  return reader.exportGold(request, write);
}

ExportRequest requestOf(const ExportArguments &arguments, const Selection &selection) {
  ExportRequest request;
  request.layer = kLayers.at(arguments.layer);
  if (!arguments.selection.devices.empty())
    for (const Device &device : selection.devices)
      request.devices.push_back(device.id);
  // Bronze has a column a quantity, so their order must be said.
  if (!arguments.selection.quantities.empty() || request.layer == Layer::Bronze)
    for (const Quantity &quantity : selection.quantities)
      request.quantities.push_back(quantity.id);
  request.from_us = selection.from_us;
  request.to_us = selection.to_us;
  request.window_us = kWindows.at(arguments.window);
  return request;
}

/// An export that would begin before what its layer still holds says so.
void tellWhatIsGone(StoreReader &reader, const ExportArguments &arguments, const ExportRequest &request) {
  const StoreLayer layer = request.layer == Layer::Bronze ? StoreLayer::Bronze
                           : request.window_us > kSecond  ? StoreLayer::Rollups
                                                          : StoreLayer::Silver;
  const TimeUs horizon = reader.horizon(layer);
  if (horizon != kNoTime && (!request.from_us || *request.from_us < horizon))
    complain(arguments.layer + " holds nothing from before " + formatIsoTime(horizon) +
             ": retention has given it up");
}

/// The value is the number of rows.
Result<std::int64_t> writeLayer(StoreReader &reader, const ExportArguments &arguments,
                                const Selection &selection, TextOutput &output) {
  std::vector<std::string> names;
  for (const Quantity &quantity : selection.quantities)
    names.push_back(quantity.name);
  const std::unique_ptr<RowWriter> writer = makeWriter(arguments, output);
  const ExportRequest request = requestOf(arguments, selection);
  tellWhatIsGone(reader, arguments, request);
  std::int64_t rows = 0;
  std::optional<StopSignal> stop;
  if (!arguments.output.empty()) // what was begun is taken away; standard output ends with the program
    stop.emplace();
  writer->begin(request.layer, names);
  if (const Result<void> done = exportRows(reader, request, *writer, stop ? &*stop : nullptr, rows); !done)
    return tl::unexpected(done.error());
  if (stop && stop->flag())
    return fail(ErrorCode::Cancelled, "interrupted; " + arguments.output + " is as it was");
  writer->end();
  return output.finish().map([rows] { return rows; });
}

/// Pipes and devices have no sidecar.
bool wantsSidecar(const ExportArguments &arguments) {
  const QFileInfo target(QString::fromStdString(arguments.output));
  return !arguments.noSidecar && !arguments.output.empty() && (!target.exists() || target.isFile());
}

Result<void> mayWrite(const CommandLineState &state, const ExportArguments &arguments) {
  if (arguments.output.empty())
    return {};
  ui::ExportPlan plan;
  plan.path = QString::fromStdString(arguments.output);
  plan.sidecar = wantsSidecar(arguments);
  return ui::checkTargets(plan, storePath(state));
}

Result<std::int64_t> describe(StoreReader &reader, const ExportArguments &arguments,
                              const Selection &selection, std::int64_t rows, ui::FileHash &hash) {
  ui::ExportOrder order;
  order.plan.path = QString::fromStdString(arguments.output);
  order.plan.layer = kLayers.at(arguments.layer);
  Result<Overview> overview = reader.overview();
  if (!overview)
    return tl::unexpected(overview.error());
  order.overview = std::move(*overview);
  order.scene.from_us = selection.from_us.value_or(kNoTime);
  order.scene.to_us = selection.to_us.value_or(kNoTime);
  for (const Device &device : selection.devices)
    order.scene.devices.push_back({device.id, QString::fromStdString(device.name)});
  for (const Quantity &quantity : selection.quantities)
    order.scene.panes.emplace_back().name = quantity.name;
  return ui::describeFile(order, rows, hash.hex());
}

Result<ExitCode> exportLayer(const CommandLineState &state, const ExportArguments &arguments) {
  if (arguments.layer != "silver" && arguments.window != "1s")
    return fail(ErrorCode::Usage, "--window is for --layer silver only");
  const Result<std::unique_ptr<StoreReader>> reader = openStore(state);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<Selection> selection = select(**reader, arguments.selection);
  if (!selection)
    return tl::unexpected(selection.error());
  if (const Result<void> may = mayWrite(state, arguments); !may)
    return tl::unexpected(may.error());
  Result<TextOutput> output =
      arguments.output.empty() ? TextOutput::toStandardOutput() : TextOutput::toFile(arguments.output);
  if (!output)
    return tl::unexpected(output.error());
  if (!wantsSidecar(arguments))
    return writeLayer(**reader, arguments, *selection, *output).map([](auto) { return ExitCode::Done; });
  ui::FileHash hash;
  output->watch([&hash](std::string_view bytes) { hash.add(bytes); });
  return writeLayer(**reader, arguments, *selection, *output)
      .and_then([&](std::int64_t rows) { return describe(**reader, arguments, *selection, rows, hash); })
      .map([](std::int64_t) { return ExitCode::Done; });
}

template <class Value> std::vector<std::string> keysOf(const std::map<std::string, Value> &map) {
  std::vector<std::string> keys;
  for (const auto &[key, value] : map)
    keys.push_back(key);
  return keys;
}

} // namespace

void addExportCommand(CLI::App &app, CommandLineState &state) {
  const auto arguments = std::make_shared<ExportArguments>();
  CLI::App &command = *app.add_subcommand("export", "Write a layer of the store as CSV or JSON");
  addStoreOption(command, state);
  command.add_option("--layer", arguments->layer, "bronze: readings, silver: windows, gold: moving averages")
      ->required()
      ->check(CLI::IsMember(keysOf(kLayers)))
      ->type_name("LAYER");
  addSelectionOptions(command, arguments->selection);
  command.add_option("--window", arguments->window, "Length of silver's windows; default 1s")
      ->check(CLI::IsMember(keysOf(kWindows)));
  command.add_option("--format", arguments->format, "csv (default) or json: an array, one object a line")
      ->check(CLI::IsMember({"csv", "json"}));
  command.add_option("--output", arguments->output, "Write to this file instead of standard output")
      ->type_name("FILE");
  command.add_flag("--no-sidecar", arguments->noSidecar, "Write no FILE.json that describes the file");
  command.callback(
      [&state, arguments] { state.chosen = [&state, arguments] { return exportLayer(state, *arguments); }; });
}

} // namespace meteorograph
