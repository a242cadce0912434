// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ViewState.h"

#include "ui/format/Format.h"
#include "ui/settings/Settings.h"

#include <QCoreApplication>

#include <algorithm>

namespace meteorograph::ui {

namespace {

constexpr std::size_t kUsualPanes = 3;
// More lines than this in one pane nobody tells apart; further devices wait for a click.
constexpr std::size_t kDevicesAtFirst = 20;

QString tr(const char *text) { return QCoreApplication::translate("View", text); }

bool isUsual(const Quantity &quantity) {
  return quantity.name == kTemperature || quantity.name == kHumidity || quantity.name == kPressure;
}

/// Temperature, humidity and pressure, as far as the store has them; else its first three.
QStringList usualPanes(const Overview &overview) {
  QStringList names;
  for (const Quantity &quantity : overview.quantities)
    if (isUsual(quantity))
      names << QString::fromStdString(quantity.name);
  for (std::size_t i = 0; names.isEmpty() && i < std::min(kUsualPanes, overview.quantities.size()); ++i)
    names << QString::fromStdString(overview.quantities[i].name);
  return names;
}

} // namespace

bool ViewState::showsDevice(const DeviceStatus &device) const {
  return !hiddenDevices.contains(QString::fromStdString(device.name));
}

void ViewState::showDevice(const DeviceStatus &device, bool shown) {
  const QString name = QString::fromStdString(device.name);
  devicesChosen = true;
  hiddenDevices.removeAll(name);
  if (!shown)
    hiddenDevices << name;
}

void ViewState::limitDevices(const Overview &overview) {
  if (devicesChosen)
    return;
  hiddenDevices.clear();
  for (std::size_t i = kDevicesAtFirst; i < overview.devices.size(); ++i)
    hiddenDevices << QString::fromStdString(overview.devices[i].name);
}

std::vector<const DeviceStatus *> ViewState::shownDevices(const Overview &overview) const {
  std::vector<const DeviceStatus *> shown;
  for (const DeviceStatus &device : overview.devices)
    if (showsDevice(device))
      shown.push_back(&device);
  return shown;
}

std::vector<Quantity> ViewState::panes(const Overview &overview) const {
  const auto select = [&overview](const QStringList &names) {
    std::vector<Quantity> chosen;
    for (const Quantity &quantity : overview.quantities)
      if (names.contains(QString::fromStdString(quantity.name)))
        chosen.push_back(quantity);
    return chosen;
  };
  std::vector<Quantity> chosen = select(shownQuantities);
  return chosen.empty() ? select(usualPanes(overview)) : chosen;
}

void ViewState::showPane(const Overview &overview, const std::string &quantity, bool shown) {
  QStringList names;
  for (const Quantity &pane : panes(overview))
    names << QString::fromStdString(pane.name);
  const QString name = QString::fromStdString(quantity);
  names.removeAll(name);
  if (shown)
    names << name;
  if (!names.isEmpty()) // one pane always stays
    shownQuantities = names;
}

SeriesRequest ViewState::request(const Overview &overview, const ViewRange &range, int columns) const {
  SeriesRequest request;
  request.from_us = range.from_us;
  request.to_us = range.to_us;
  request.columns = columns;
  request.average = average;
  for (const DeviceStatus *device : shownDevices(overview))
    request.devices.push_back(device->id);
  for (const Quantity &pane : panes(overview))
    request.quantities.push_back(pane.id);
  return request;
}

ChartScene ViewState::scene(const Overview &overview, const SeriesSet &series, const ViewRange &range) const {
  ChartScene scene;
  scene.series = series;
  for (const Quantity &pane : panes(overview)) {
    scene.panes.push_back(
        {pane.id, quantityTitle(pane.name), QString::fromStdString(pane.unit), pane.name, std::nullopt});
    scene.panes.back().limits = pane.limits;
  }
  for (const DeviceStatus *device : shownDevices(overview))
    scene.devices.push_back({device->id, QString::fromStdString(device->name)});
  scene.from_us = range.from_us;
  scene.to_us = range.to_us;
  scene.zone = timeZone();
  scene.averageLabel = seriesAverageLabel(series);
  scene.marks = marks;
  scene.annotations = overview.annotations;
  return scene;
}

std::span<const MarkRow> markTable() {
  static constexpr MarkRow kTable[] = {
      {&ChartMarks::watermark, "watermark", QT_TRANSLATE_NOOP("View", "&Watermark line")},
      {&ChartMarks::provisional, "provisional", QT_TRANSLATE_NOOP("View", "&Provisional part")},
      {&ChartMarks::late, "late", QT_TRANSLATE_NOOP("View", "Windows that &late readings repaired")},
      {&ChartMarks::faults, "faults", QT_TRANSLATE_NOOP("View", "Likely &faults")},
      {&ChartMarks::gaps, "gaps", QT_TRANSLATE_NOOP("View", "&Gaps")},
      {&ChartMarks::limits, "limits", QT_TRANSLATE_NOOP("View", "L&imits")},
      {&ChartMarks::annotations, "annotations", QT_TRANSLATE_NOOP("View", "&Annotations")},
  };
  return kTable;
}

QString averageToSetting(const AverageSpan &average) {
  switch (average.kind) {
  case AverageSpan::Kind::Automatic:
    break;
  case AverageSpan::Kind::Duration:
    return QStringLiteral("%1s").arg(average.duration_us / kSecond);
  case AverageSpan::Kind::Windows:
    return QStringLiteral("%1w").arg(average.windows);
  }
  return QStringLiteral("automatic");
}

AverageSpan averageFromSetting(const QString &text) {
  bool isNumber = false;
  const int amount = text.chopped(std::min<qsizetype>(1, text.size())).toInt(&isNumber);
  AverageSpan average;
  if (!isNumber || amount < 1)
    return average;
  if (text.endsWith(QLatin1Char('s'))) {
    average.kind = AverageSpan::Kind::Duration;
    average.duration_us = amount * kSecond;
  } else if (text.endsWith(QLatin1Char('w'))) {
    average.kind = AverageSpan::Kind::Windows;
    average.windows = amount;
  }
  return average;
}

QString averageLabel(const AverageSpan &average) {
  switch (average.kind) {
  case AverageSpan::Kind::Automatic:
    break;
  case AverageSpan::Kind::Duration:
    return formatSpan(average.duration_us);
  case AverageSpan::Kind::Windows:
    return tr("%1 windows").arg(average.windows);
  }
  return tr("Automatic");
}

QString seriesAverageLabel(const SeriesSet &series) {
  if (series.average_span_us > 0)
    return tr("%1 average").arg(formatSpan(series.average_span_us));
  return series.average_windows > 0 ? tr("average of %1 windows").arg(series.average_windows) : QString();
}

void saveView(Settings &settings, const ViewState &view, const LiveState &live) {
  static const QStringList kKinds = {"last", "all", "today", "week"};
  const ViewRange range = live.range();
  settings.set(Setting::RangeKind,
               live.isLive() ? kKinds[static_cast<int>(live.span().kind)] : QStringLiteral("fixed"));
  settings.set(Setting::RangeWidthSeconds,
               static_cast<int>(std::clamp<TimeUs>(live.span().width_us / kSecond, 1, 2'000'000'000)));
  settings.set(Setting::RangeFromUs, qlonglong{range.from_us});
  settings.set(Setting::RangeToUs, qlonglong{range.to_us});
  settings.set(Setting::HiddenDevices, view.devicesChosen ? view.hiddenDevices : QStringList());
  settings.set(Setting::DevicesChosen, view.devicesChosen);
  settings.set(Setting::ShownQuantities, view.shownQuantities);
  settings.set(Setting::Average, averageToSetting(view.average));
  settings.set(Setting::Zone, view.zone);
  QStringList hidden;
  for (const MarkRow &mark : markTable())
    if (!(view.marks.*mark.shown))
      hidden << QString::fromLatin1(mark.name);
  settings.set(Setting::HiddenMarks, hidden);
}

void restoreView(const Settings &settings, ViewState &view, LiveState &live) {
  view.hiddenDevices = settings.value(Setting::HiddenDevices).toStringList();
  view.devicesChosen = settings.value(Setting::DevicesChosen).toBool();
  view.shownQuantities = settings.value(Setting::ShownQuantities).toStringList();
  view.average = averageFromSetting(settings.value(Setting::Average).toString());
  view.zone = settings.value(Setting::Zone).toString();
  const QStringList hidden = settings.value(Setting::HiddenMarks).toStringList();
  for (const MarkRow &mark : markTable())
    view.marks.*mark.shown = !hidden.contains(QString::fromLatin1(mark.name));
  live.setZone(view.timeZone());
  const QString kind = settings.value(Setting::RangeKind).toString();
  const TimeUs width = settings.value(Setting::RangeWidthSeconds).toLongLong() * kSecond;
  LiveSpan span = LiveSpan::last(width);
  if (kind == QLatin1String("all"))
    span.kind = LiveSpan::Kind::All;
  else if (kind == QLatin1String("today"))
    span.kind = LiveSpan::Kind::Today;
  else if (kind == QLatin1String("week"))
    span.kind = LiveSpan::Kind::ThisWeek;
  live.showSpan(span);
  const ViewRange range{settings.value(Setting::RangeFromUs).toLongLong(),
                        settings.value(Setting::RangeToUs).toLongLong()};
  if (kind == QLatin1String("fixed") && range.width() > 0)
    live.showRange(range);
}

} // namespace meteorograph::ui
