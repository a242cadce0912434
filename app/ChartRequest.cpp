// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ChartRequest.h"

#include "ui/charts/ChartHover.h"
#include "ui/charts/ChartLayout.h"
#include "ui/charts/ChartTheme.h"

#include <algorithm>
#include <cmath>

namespace meteorograph {

namespace {

constexpr std::size_t kDefaultPanes = 3;

bool isUsual(const Quantity &quantity) {
  return quantity.name == kTemperature || quantity.name == kHumidity || quantity.name == kPressure;
}

std::vector<Quantity> shownQuantities(const Selection &selection, bool chosen) {
  std::vector<Quantity> shown = selection.quantities;
  if (chosen)
    return shown;
  if (std::any_of(shown.begin(), shown.end(), isUsual))
    std::erase_if(shown, [](const Quantity &quantity) { return !isUsual(quantity); });
  shown.resize(std::min(shown.size(), kDefaultPanes));
  return shown;
}

/// `soil_temperature` → `Soil temperature`
QString titleOf(const Quantity &quantity) {
  QString title = QString::fromStdString(quantity.name).replace('_', ' ');
  if (!title.isEmpty())
    title[0] = title[0].toUpper();
  return title;
}

QString averageLabel(const SeriesSet &series) {
  if (series.average_span_us > 0)
    return ui::durationText(series.average_span_us) + " average";
  return QString("average of %1 windows").arg(series.average_windows);
}

void addSubjects(ui::ChartScene &scene, const Selection &selection, bool quantitiesChosen) {
  for (const Quantity &quantity : shownQuantities(selection, quantitiesChosen)) {
    scene.panes.push_back(
        {quantity.id, titleOf(quantity), QString::fromStdString(quantity.unit), quantity.name, std::nullopt});
    scene.panes.back().limits = quantity.limits;
  }
  for (const Device &device : selection.devices)
    scene.devices.push_back({device.id, QString::fromStdString(device.name)});
  scene.showDeviceNames = scene.devices.size() > 1;
}

SeriesRequest requestFor(const ui::ChartScene &scene, bool dark, QSize size) {
  const ui::ChartLayout layout = ui::layoutChart(scene, ui::chartTheme(dark), size);
  SeriesRequest request;
  request.from_us = scene.from_us;
  request.to_us = scene.to_us;
  request.columns = std::max(1, static_cast<int>(std::lround(layout.right - layout.left)));
  for (const ui::DeviceStyle &device : scene.devices)
    request.devices.push_back(device.id);
  for (const ui::PaneSpec &pane : scene.panes)
    request.quantities.push_back(pane.quantity);
  return request;
}

struct Extent {
  TimeUs first_us = kNoTime;
  TimeUs newest_us = kNoTime;
};

/// From the first to the newest event time of the chosen devices.
Extent extentOf(const Overview &overview, const Selection &selection) {
  Extent extent;
  for (const DeviceStatus &device : overview.devices) {
    const bool chosen = std::any_of(selection.devices.begin(), selection.devices.end(),
                                    [&device](const Device &one) { return one.id == device.id; });
    if (!chosen || device.newest_us == kNoTime)
      continue;
    extent.first_us =
        extent.first_us == kNoTime ? device.first_us : std::min(extent.first_us, device.first_us);
    extent.newest_us = std::max(extent.newest_us, device.newest_us);
  }
  return extent;
}

/// Leaves out the panes that nobody asked for and that would be empty, unless all are.
void dropEmptyPanes(ui::ChartScene &scene) {
  const auto isEmpty = [&scene](const ui::PaneSpec &pane) {
    return std::none_of(
        scene.series.lines.begin(), scene.series.lines.end(),
        [&pane](const SeriesLine &line) { return line.quantity == pane.quantity && !line.points.empty(); });
  };
  if (!std::all_of(scene.panes.begin(), scene.panes.end(), isEmpty))
    std::erase_if(scene.panes, isEmpty);
}

} // namespace

Result<ui::ChartScene> readScene(StoreReader &reader, const Selection &selection, bool quantitiesChosen,
                                 bool dark, QSize size) {
  const Result<Overview> overview = reader.overview();
  if (!overview)
    return tl::unexpected(overview.error());
  const Extent extent = extentOf(*overview, selection);
  if (extent.newest_us == kNoTime)
    return fail(ErrorCode::Unreadable,
                overview->store_path + " holds no reading yet, so there is no chart of it");
  ui::ChartScene scene;
  addSubjects(scene, selection, quantitiesChosen);
  scene.from_us = selection.from_us.value_or(extent.first_us);
  scene.to_us = selection.to_us.value_or(std::max(extent.newest_us, scene.from_us) + kSecond);
  if (scene.from_us >= scene.to_us)
    return fail(ErrorCode::Usage, "the range from " + formatIsoTime(scene.from_us) + " to " +
                                      formatIsoTime(scene.to_us) + " is empty");
  Result<SeriesSet> series = reader.series(requestFor(scene, dark, size));
  if (!series)
    return tl::unexpected(series.error());
  scene.series = std::move(*series);
  scene.averageLabel = averageLabel(scene.series);
  scene.annotations = overview->annotations;
  if (!quantitiesChosen)
    dropEmptyPanes(scene);
  return scene;
}

} // namespace meteorograph
