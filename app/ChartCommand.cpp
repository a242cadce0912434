// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ChartRequest.h"
#include "app/CommandSupport.h"

#include <CLI/CLI.hpp>

#include <QGuiApplication>
#include <QTimeZone>

namespace meteorograph {

namespace {

struct ChartArguments {
  std::string output;
  SelectionArguments selection;
  std::string size = "1600x1000";
  std::string theme = "dark";
  std::string zone = "UTC";
  int scale = 1;
  std::string paper = "A4";
  bool noSidecar = false;
};

Result<QSize> parseSize(const std::string &text) {
  constexpr int kMaxSide = 16'384; // a picture of a gigabyte
  const QStringList sides = QString::fromStdString(text).split('x', Qt::KeepEmptyParts, Qt::CaseInsensitive);
  const int width = sides.value(0).toInt();
  const int height = sides.value(1).toInt();
  if (sides.size() == 2 && width >= 100 && height >= 100 && width <= kMaxSide && height <= kMaxSide)
    return QSize(width, height);
  return fail(ErrorCode::Usage, "--size: '" + text + "' is no size such as 1600x1000, from 100 to 16384");
}

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

/// A bare offset, +02:00, is one from UTC.
Result<QString> checkZone(const std::string &given) {
  QString name = QString::fromStdString(given).trimmed();
  if (name.startsWith('+') || name.startsWith('-'))
    name.prepend(QStringLiteral("UTC"));
  if (name == QLatin1String("local") || (!name.isEmpty() && QTimeZone(name.toUtf8()).isValid()))
    return name;
  return fail(ErrorCode::Usage,
              "--zone: '" + given + "' is no zone such as UTC, local, Europe/Berlin or +02:00");
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

Result<ChartTask> understand(const ChartArguments &arguments) {
  const Result<QSize> size = parseSize(arguments.size);
  const Result<ui::ExportPlan> plan = planOf(arguments);
  const Result<QString> zone = checkZone(arguments.zone);
  if (!size || !plan || !zone)
    return tl::unexpected(!size ? size.error() : !plan ? plan.error() : zone.error());
  ChartTask task{*plan, {}};
  task.wish.size = *size;
  task.wish.zone = *zone;
  task.wish.devicesChosen = !arguments.selection.devices.empty();
  task.wish.quantitiesChosen = !arguments.selection.quantities.empty();
  return task;
}

Result<ExitCode> drawChart(const CommandLineState &state, const ChartArguments &arguments) {
  Result<ChartTask> task = understand(arguments);
  if (!task)
    return tl::unexpected(task.error());
  const Result<std::unique_ptr<StoreReader>> reader = openStore(state);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<Selection> selection = select(**reader, arguments.selection);
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
  command.add_option("--size", arguments->size, "Pixels; default 1600x1000")->type_name("WxH");
  command.add_option("--theme", arguments->theme, "dark (default) or light")
      ->check(CLI::IsMember({"dark", "light"}));
  command
      .add_option("--zone", arguments->zone, "Of the time axis: UTC (default), local, an IANA name or +02:00")
      ->type_name("ZONE");
  command.add_option("--scale", arguments->scale, "Of .png, pixels for each of --size: 1 (default), 2 or 4")
      ->check(CLI::IsMember({1, 2, 4}));
  command.add_option("--paper", arguments->paper, "Of .pdf: A4 (default) or Letter; dark on white")
      ->transform(CLI::IsMember({"A4", "Letter"}, CLI::ignore_case));
  command.add_flag("--no-sidecar", arguments->noSidecar, "Write no FILE.json that describes the file");
  command.callback(
      [&state, arguments] { state.chosen = [&state, arguments] { return drawChart(state, *arguments); }; });
}

} // namespace meteorograph
