// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ChartRequest.h"
#include "app/CommandSupport.h"
#include "ui/charts/ChartExport.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>
#include <QGuiApplication>

namespace meteorograph {

namespace {

struct ChartArguments {
  std::string output;
  SelectionArguments selection;
  std::string size = "1600x1000";
  std::string theme = "dark";
};

Result<QSize> parseSize(const std::string &text) {
  constexpr int kMaxSide = 16'384; // a picture of a gigabyte
  const QStringList sides = QString::fromStdString(text).split('x');
  const int width = sides.value(0).toInt();
  const int height = sides.value(1).toInt();
  if (sides.size() == 2 && width >= 100 && height >= 100 && width <= kMaxSide && height <= kMaxSide)
    return QSize(width, height);
  return fail(ErrorCode::Usage, "--size: '" + text + "' is no size such as 1600x1000, from 100 to 16384");
}

Result<void> checkSuffix(const std::string &path) {
  const QString suffix = QFileInfo(QString::fromStdString(path)).suffix().toLower();
  if (suffix == "png" || suffix == "svg" || suffix == "pdf")
    return {};
  return fail(ErrorCode::Usage, "--output: '" + path + "' must end in .png, .svg or .pdf");
}

/// Qt's own remarks become lines like ours. That a service runs without XDG_RUNTIME_DIR is no news.
void tellMessage(QtMsgType, const QMessageLogContext &, const QString &text) {
  if (!text.startsWith("QStandardPaths: XDG_RUNTIME_DIR"))
    complain(text.toStdString());
}

Result<ExitCode> drawChart(const CommandLineState &state, const ChartArguments &arguments) {
  const Result<QSize> size = parseSize(arguments.size);
  if (!size)
    return tl::unexpected(size.error());
  if (const Result<void> suffix = checkSuffix(arguments.output); !suffix)
    return tl::unexpected(suffix.error());
  const Result<std::unique_ptr<StoreReader>> reader = openStore(state);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<Selection> selection = select(**reader, arguments.selection);
  if (!selection)
    return tl::unexpected(selection.error());
  // Pictures need fonts, not a display.
  qInstallMessageHandler(tellMessage);
  qputenv("QT_QPA_PLATFORM", "offscreen");
  int count = 1;
  char name[] = "meteorograph";
  char *names[] = {name, nullptr};
  const QGuiApplication application(count, names);
  const bool dark = arguments.theme == "dark";
  return readScene(**reader, *selection, !arguments.selection.quantities.empty(), dark, *size)
      .and_then([&](const ui::ChartScene &scene) {
        return ui::exportChart(scene, dark, *size, 1, QString::fromStdString(arguments.output));
      })
      .map([] { return ExitCode::Done; });
}

} // namespace

void addChartCommand(CLI::App &app, CommandLineState &state) {
  const auto arguments = std::make_shared<ChartArguments>();
  CLI::App &command = *app.add_subcommand("chart", "Draw the window's charts into a picture");
  addStoreOption(command, state);
  command.add_option("--output", arguments->output, "The picture")
      ->required()
      ->type_name("FILE.png|.svg|.pdf");
  addSelectionOptions(command, arguments->selection);
  command.add_option("--size", arguments->size, "Pixels; default 1600x1000")->type_name("WxH");
  command.add_option("--theme", arguments->theme, "dark (default) or light")
      ->check(CLI::IsMember({"dark", "light"}));
  command.callback(
      [&state, arguments] { state.chosen = [&state, arguments] { return drawChart(state, *arguments); }; });
}

} // namespace meteorograph
