// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "core/model/Series.h"
#include "ui/LiveState.h"
#include "ui/charts/ChartScene.h"

#include <QStringList>

#include <span>

namespace meteorograph::ui {

class Settings;

/// What the user chose to see, apart from the range: devices, panes, average, zone. By names, so that
/// it survives another store. A value.
struct ViewState {
  QStringList hiddenDevices;
  bool devicesChosen = false;  ///< by the user; until then only the first few of many are shown
  QStringList shownQuantities; ///< empty: temperature, humidity and pressure, or the first three
  AverageSpan average;
  QString zone = QStringLiteral("UTC");
  ChartMarks marks;            ///< which of them the charts show
  DeviceId selectedDevice = 0; ///< 0: none, the tiles show all

  QTimeZone timeZone() const { return zoneFromSetting(zone); }
  bool showsDevice(const DeviceStatus &device) const;
  void showDevice(const DeviceStatus &device, bool shown);

  /// While the user has not chosen: hides all but the first devices, so that a store of hundreds
  /// opens with a chart that can be read.
  void limitDevices(const Overview &overview);

  /// The devices whose lines are drawn, in the overview's order.
  std::vector<const DeviceStatus *> shownDevices(const Overview &overview) const;
  /// The quantities that have a pane, in the overview's order.
  std::vector<Quantity> panes(const Overview &overview) const;
  void showPane(const Overview &overview, const std::string &quantity, bool shown);

  SeriesRequest request(const Overview &overview, const ViewRange &range, int columns) const;
  /// The picture of an answer at a range.
  ChartScene scene(const Overview &overview, const SeriesSet &series, const ViewRange &range) const;
};

/// The marks by name, as settings keep and menus list them.
struct MarkRow {
  bool ChartMarks::*shown;
  const char *name;
  const char *text; ///< to be translated in context "View"
};
std::span<const MarkRow> markTable();

QString averageToSetting(const AverageSpan &average); ///< "automatic", "15s", "8w"
AverageSpan averageFromSetting(const QString &text);
QString averageLabel(const AverageSpan &average); ///< "Automatic", "15 s", "8 windows"

/// "15 s average", for the panes' titles; an automatic span is told by the answer.
QString seriesAverageLabel(const SeriesSet &series);

void saveView(Settings &settings, const ViewState &view, const LiveState &live);
void restoreView(const Settings &settings, ViewState &view, LiveState &live);

} // namespace meteorograph::ui
