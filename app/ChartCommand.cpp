// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ChartOptions.h"
#include "app/CommandSupport.h"

#include <CLI/CLI.hpp>

#include <QGuiApplication>

namespace meteorograph {

namespace {

struct ChartArguments {
  std::string output;
  SelectionArguments selection;
  std::string size;
  std::string theme = "dark";
  std::string zone = "UTC";
  std::string average = "automatic";
  std::string marks = "all";
  std::vector<std::string> axes;
  bool multiples = false;
  int scale = 1;
  std::string paper = "A4";
  bool noSidecar = false;
};

Result<ui::ExportPlan> planOf(const ChartArguments &arguments) {
  ui::ExportPlan plan;
  plan.path = QString::fromStdString(arguments.output);
  const std::optional<ui::ExportPlan::Format> format = ui::formatOf(plan.path);
  if (!format)
    return fail(ErrorCode::Usage,
                "--output: '" + arguments.output + "' must end in .png, .svg, .pdf or .csv");
  plan.format = *format;
  plan.scale = arguments.scale;
  plan.paper = arguments.paper == "A4" ? ui::ExportPlan::Paper::A4 : ui::ExportPlan::Paper::Letter;
  plan.sidecar = !arguments.noSidecar;
  return plan;
}

/// Qt's own remarks become lines like ours. That a service runs without XDG_RUNTIME_DIR is no news.
void tellMessage(QtMsgType, const QMessageLogContext &, const QString &text) {
  if (!text.startsWith("QStandardPaths: XDG_RUNTIME_DIR"))
    complain(text.toStdString());
}

/// The arguments, understood as far as no store is needed.
struct ChartTask {
  ui::ExportPlan plan;
  ChartWish wish;
};

/// Puts what an option says into its place; the first failure stays.
template <class Value, class Place> void take(Result<ChartTask> &task, Result<Value> said, Place place) {
  if (!task)
    return;
  if (said)
    place(*task) = std::move(*said);
  else
    task = tl::unexpected(said.error());
}

Result<ChartTask> understand(const ChartArguments &arguments) {
  Result<ChartTask> task = ChartTask();
  take(
      task, planOf(arguments), [](ChartTask & to) -> auto & { return to.plan; });
  if (!arguments.size.empty())
    take(
        task, parseSize(arguments.size), [](ChartTask & to) -> auto & { return to.wish.size; });
  take(
      task, parseZone(arguments.zone), [](ChartTask & to) -> auto & { return to.wish.zone; });
  take(
      task, parseAverage(arguments.average), [](ChartTask & to) -> auto & { return to.wish.average; });
  take(
      task, parseMarks(arguments.marks), [](ChartTask & to) -> auto & { return to.wish.marks; });
  for (const std::string &axis : arguments.axes)
    take(
        task, parseAxis(axis), [](ChartTask & to) -> auto & { return to.wish.axes.emplace_back(); });
  if (!task)
    return task;
  const ui::ExportPlan::Format format = task->plan.format;
  const bool hasPixels = format == ui::ExportPlan::Format::Png || format == ui::ExportPlan::Format::Csv;
  task->wish.scale = hasPixels ? arguments.scale : 1;
  task->wish.multiples = arguments.multiples;
  task->wish.devicesChosen = !arguments.selection.devices.empty();
  task->wish.quantitiesChosen = !arguments.selection.quantities.empty();
  return task;
}

/// What the store's data are chosen by; an axis of a quantity that it does not know is an error, too.
Result<Selection> selectFor(StoreReader &reader, const ChartArguments &arguments, const ChartWish &wish) {
  SelectionArguments axes;
  for (const AxisWish &axis : wish.axes)
    if (!axis.quantity.empty())
      axes.quantities.push_back(axis.quantity);
  return select(reader, axes).and_then([&](const Selection &) {
    return select(reader, arguments.selection);
  });
}

Result<ExitCode> drawChart(const CommandLineState &state, const ChartArguments &arguments) {
  Result<ChartTask> task = understand(arguments);
  if (!task)
    return tl::unexpected(task.error());
  const Result<std::unique_ptr<StoreReader>> reader = openStore(state);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<Selection> selection = selectFor(**reader, arguments, task->wish);
  if (!selection)
    return tl::unexpected(selection.error());
  task->wish.selection = *selection;
  // Pictures need fonts, not a display.
  qInstallMessageHandler(tellMessage);
  qputenv("QT_QPA_PLATFORM", "offscreen");
  int count = 1;
  char name[] = "meteorograph";
  char *names[] = {name, nullptr};
  const QGuiApplication application(count, names);
  return readCharts(**reader, task->wish)
      .and_then([&](ui::ExportOrder order) {
        order.plan = task->plan;
        order.dark = arguments.theme == "dark";
        return ui::writeScene(order);
      })
      .map([](std::int64_t) { return ExitCode::Done; });
}

} // namespace

void addChartCommand(CLI::App &app, CommandLineState &state) {
  const auto arguments = std::make_shared<ChartArguments>();
  CLI::App &command = *app.add_subcommand("chart", "Draw the window's charts into a picture");
  addStoreOption(command, state);
  command.add_option("--output", arguments->output, "The picture, or the plotted points as CSV")
      ->required()
      ->type_name("FILE.png|.svg|.pdf|.csv");
  addSelectionOptions(command, arguments->selection);
  command.add_option("--size", arguments->size, "Pixels; default 1600x1000, higher where the panes need it")
      ->type_name("WxH");
  command.add_option("--theme", arguments->theme, "dark (default) or light")
      ->check(CLI::IsMember({"dark", "light"}));
  command
      .add_option("--zone", arguments->zone, "Of the time axis: UTC (default), local, an IANA name or +02:00")
      ->type_name("ZONE");
  command.add_flag("--multiples", arguments->multiples, "Each device in a row of its own");
  command
      .add_option("--axis", arguments->axes,
                  "The value axis of one quantity or of all: automatic (default), robust (without spikes) or "
                  "LOW:HIGH; may be given several times")
      ->type_name("[Q=]MODE")
      ->allow_extra_args(false);
  command
      .add_option("--average", arguments->average,
                  "Span of the moving average: automatic (default), seconds as 60s, or windows as 8w")
      ->type_name("SPAN");
  command
      .add_option(
          "--marks", arguments->marks,
          "Beside the lines: all (default), none, or some of watermark, provisional, late, faults, gaps, "
          "limits, annotations, with commas")
      ->type_name("MARKS");
  command
      .add_option("--scale", arguments->scale,
                  "Of .png and .csv, pixels and so columns for each of --size: 1 (default), 2 or 4")
      ->check(CLI::IsMember({1, 2, 4}));
  command.add_option("--paper", arguments->paper, "Of .pdf: A4 (default) or Letter; dark on white")
      ->transform(CLI::IsMember({"A4", "Letter"}, CLI::ignore_case));
  command.add_flag("--no-sidecar", arguments->noSidecar, "Write no FILE.json that describes the file");
  command.callback(
      [&state, arguments] { state.chosen = [&state, arguments] { return drawChart(state, *arguments); }; });
}

} // namespace meteorograph
