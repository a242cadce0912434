// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/DevicesPanel.h"

#include "ui/Theme.h"
#include "ui/WriteAccess.h"
#include "ui/format/Format.h"

#include <QMenu>

namespace meteorograph::ui {

namespace {

// A device whose rhythm is not known yet is given this one.
constexpr TimeUs kUnknownCadence = 20 * kSecond;
// A reading takes this long at most from the file through a commit to the next refresh.
constexpr TimeUs kWayToScreen = 2 * kSecond;

/// The latest value of the first quantity that the device has.
QString latestText(const DeviceStatus &device, const std::vector<Quantity> &quantities) {
  for (const Quantity &quantity : quantities)
    for (const LatestValue &latest : device.latest)
      if (latest.quantity == quantity.id)
        return formatWithUnit(latest.value, quantity);
  return QStringLiteral("—");
}

QString tipOf(const DeviceStatus &device, const ViewState &view, bool stale) {
  QString tip =
      QCoreApplication::translate("DevicesPanel", "%1\n%2 readings, %3 late\nnewest %4")
          .arg(QString::fromStdString(device.name), formatCount(device.readings), formatCount(device.late),
               device.newest_us == kNoTime ? QStringLiteral("—")
                                           : formatDateTime(device.newest_us, view.timeZone()));
  if (device.cadence_us > 0)
    tip += QCoreApplication::translate("DevicesPanel", ", every %1").arg(formatSpan(device.cadence_us));
  if (device.holds)
    tip += QCoreApplication::translate("DevicesPanel",
                                       "\nrecords only changes: each value holds until the next");
  if (stale)
    tip += QCoreApplication::translate("DevicesPanel", "\nstale: silent for more than three intervals");
  return tip;
}

} // namespace

bool isStale(TimeUs newest, TimeUs cadence, TimeUs reference) {
  if (newest == kNoTime)
    return true;
  const TimeUs interval = cadence > 0 ? cadence : kUnknownCadence;
  return reference - newest > std::max(3 * interval, interval + kWayToScreen);
}

DevicesPanel::DevicesPanel(QWidget *parent) : Section(tr("Devices"), parent), m_list(new RowList) {
  m_list->setAccessibleName(tr("Devices"));
  m_list->setContextMenuPolicy(Qt::CustomContextMenu);
  setBody(m_list);
  connect(m_list, &RowList::toggled, this, &DevicesPanel::shownToggled);
  connect(m_list, &RowList::chosen, this, &DevicesPanel::deviceChosen);
  connect(m_list, &RowList::isolated, this,
          [this](qint64 id) { Q_EMIT onlyRequested(id == m_alone ? 0 : id); });
  connect(m_list, &RowList::renamed, this, &DevicesPanel::renameRequested);
  connect(m_list, &QWidget::customContextMenuRequested, this, &DevicesPanel::showMenu);
}

void DevicesPanel::show(const Overview &overview, const ViewState &view, TimeUs reference) {
  const ChartTheme &theme = themeOf(palette());
  std::vector<ListRow> rows;
  qsizetype shown = 0;
  m_holding.clear();
  m_alone = 0;
  for (const DeviceStatus &device : overview.devices) {
    ListRow row;
    row.id = device.id;
    row.name = QString::fromStdString(device.name);
    if (device.holds)
      m_holding << device.id;
    row.checked = view.showsDevice(device);
    row.editable = writeRefusal(*this).isEmpty();
    row.colour = deviceColour(theme, device.id);
    row.marker = overview.devices.size() > 1; // one alone has no shape in the charts either
    row.warning = !device.holds && isStale(device.newest_us, device.cadence_us, reference);
    const QString age = device.newest_us == kNoTime ? tr("no data") : formatAge(reference - device.newest_us);
    row.detail = (row.warning ? QStringLiteral("—") : latestText(device, overview.quantities)) +
                 QStringLiteral(" · ") + age;
    row.tip = tipOf(device, view, row.warning);
    if (*row.checked)
      m_alone = ++shown == 1 ? device.id : 0;
    rows.push_back(std::move(row));
  }
  setNote(overview.devices.empty() ? QString()
                                   : tr("%1 of %2").arg(shown).arg(overview.devices.size()).toUpper());
  m_list->setRows(std::move(rows));
}

void DevicesPanel::showMenu(const QPoint &position) {
  const ListRow *row = m_list->rowAt(position);
  auto *menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  if (row) {
    const qint64 id = row->id;
    menu->addAction(tr("Show only %1").arg(row->name), this, [this, id] { Q_EMIT onlyRequested(id); });
  }
  menu->addAction(tr("Show all devices"), this, [this] { Q_EMIT onlyRequested(0); });
  if (row) {
    const qint64 id = row->id;
    menu->addSeparator();
    QAction *rename = menu->addAction(tr("Rename…\tF2"), this, [this, id] { m_list->rename(id); });
    QAction *merge = menu->addAction(tr("Merge into…"), this, [this, id] { Q_EMIT mergeRequested(id); });
    QAction *holds = menu->addAction(tr("Records only changes: hold each value"));
    holds->setCheckable(true);
    holds->setChecked(m_holding.contains(id));
    connect(holds, &QAction::triggered, this, [this, id](bool on) { Q_EMIT holdingToggled(id, on); });
    offerWriting(*this, {rename, merge, holds});
  }
  menu->popup(m_list->mapToGlobal(position));
}

} // namespace meteorograph::ui
