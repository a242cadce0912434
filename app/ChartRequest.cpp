// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ChartRequest.h"

#include "ui/ViewState.h"
#include "ui/charts/ChartLayout.h"
#include "ui/export/SceneStatistics.h"

#include <algorithm>

namespace meteorograph {

namespace {

ui::ViewState viewOf(const Overview &overview, const ChartWish &wanted) {
  ui::ViewState view;
  view.zone = wanted.zone;
  view.average = wanted.average;
  view.marks = wanted.marks;
  if (wanted.quantitiesChosen)
    for (const Quantity &quantity : wanted.selection.quantities)
      view.shownQuantities << QString::fromStdString(quantity.name);
  for (const DeviceStatus &device : overview.devices) {
    const auto &chosen = wanted.selection.devices;
    if (wanted.devicesChosen)
      view.showDevice(device, std::any_of(chosen.begin(), chosen.end(),
                                          [&device](const Device &one) { return one.id == device.id; }));
  }
  view.limitDevices(overview);
  return view;
}

/// The panes' order and axes, as dragging and menus make them in the window.
ui::PaneArrangement arrangementOf(const std::vector<ui::PaneSpec> &panes, const ChartWish &wanted) {
  ui::PaneArrangement arrangement;
  arrangement.multiples = wanted.multiples;
  if (wanted.quantitiesChosen)
    for (const Quantity &quantity : wanted.selection.quantities)
      arrangement.order << QString::fromStdString(quantity.name);
  for (const AxisWish &wish : wanted.axes)
    if (wish.quantity.empty())
      for (const ui::PaneSpec &pane : panes)
        arrangement.setAxis(pane.name, wish.axis);
  for (const AxisWish &wish : wanted.axes)
    if (!wish.quantity.empty())
      arrangement.setAxis(wish.quantity, wish.axis);
  return arrangement;
}

/// From the first to behind the newest window of the devices; empty without readings.
ui::ViewRange extentOf(const std::vector<const DeviceStatus *> &devices) {
  ui::ViewRange extent{kNoTime, kNoTime};
  for (const DeviceStatus *device : devices) {
    if (device->newest_us == kNoTime)
      continue;
    const TimeUs first = floorTo(device->first_us, kSecond);
    extent.from_us = extent.from_us == kNoTime ? first : std::min(extent.from_us, first);
    extent.to_us = std::max(extent.to_us, device->newest_us + kSecond);
  }
  return extent;
}

std::string between(const ui::ViewRange &range) {
  return "from " + formatIsoTime(range.from_us) + " to " + formatIsoTime(range.to_us);
}

/// What somebody who looks at the picture alone could misunderstand.
void tellWhatIsMissing(const ui::ChartScene &scene, const ui::ViewRange &extent, std::size_t devices) {
  if (ui::countPoints(scene) == 0)
    complain("there is nothing to draw " + between({scene.from_us, scene.to_us}) +
             "; the readings of the shown devices go " + between(extent));
  if (scene.devices.size() < devices)
    complain("the first " + std::to_string(scene.devices.size()) + " of " +
             counted(static_cast<std::int64_t>(devices), "device") +
             " are drawn, as in the window; --device chooses");
}

} // namespace

Result<ui::ExportOrder> readCharts(StoreReader &reader, const ChartWish &wanted) {
  Result<Overview> overview = reader.overview();
  if (!overview)
    return tl::unexpected(overview.error());
  const ui::ViewState view = viewOf(*overview, wanted);
  const std::vector<const DeviceStatus *> shown = view.shownDevices(*overview);
  const ui::ViewRange extent = extentOf(shown);
  if (extent.to_us == kNoTime)
    return fail(ErrorCode::Unreadable,
                overview->store_path + " holds no reading yet, so there is no chart of it");
  const TimeUs from = wanted.selection.from_us.value_or(extent.from_us);
  const ui::ViewRange range{from, wanted.selection.to_us.value_or(std::max(extent.to_us, from + kSecond))};
  if (range.width() <= 0)
    return fail(ErrorCode::Usage, "the range " + between(range) + " is empty");
  ui::ExportOrder order;
  order.request =
      view.request(*overview, range, ui::plotColumns(wanted.size.value_or(kUsualChart), wanted.scale));
  const Result<SeriesSet> series = reader.series(order.request);
  if (!series)
    return tl::unexpected(series.error());
  order.scene = view.scene(*overview, *series, range);
  arrangementOf(order.scene.panes, wanted).arrange(order.scene);
  order.size = wanted.size.value_or(ui::readableSize(order.scene, kUsualChart));
  tellWhatIsMissing(order.scene, extent, wanted.devicesChosen ? 0 : overview->devices.size());
  order.overview = std::move(*overview);
  return order;
}

} // namespace meteorograph
