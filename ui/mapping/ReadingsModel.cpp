// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/ReadingsModel.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"
#include "ui/format/TimeFormat.h"

#include <QApplication>

namespace meteorograph::ui {

namespace {
constexpr int kShownReadings = 100; // as many as 50 records of a wide file's first rooms bring
} // namespace

ReadingsModel::ReadingsModel(const QTimeZone &zone, QObject *parent)
    : QAbstractTableModel(parent), m_zone(zone) {}

void ReadingsModel::show(std::shared_ptr<const MappingPreview> preview) {
  beginResetModel();
  m_preview = std::move(preview);
  endResetModel();
}

int ReadingsModel::rowCount(const QModelIndex &parent) const {
  if (parent.isValid() || !m_preview)
    return 0;
  return std::min(kShownReadings, static_cast<int>(m_preview->batch.rows.size()));
}

int ReadingsModel::columnCount(const QModelIndex &parent) const {
  if (parent.isValid())
    return 0;
  return FirstValue + (m_preview ? static_cast<int>(m_preview->batch.quantities().size()) : 0);
}

QVariant ReadingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal)
    return {};
  if (role == Qt::TextAlignmentRole)
    return int((section < FirstValue ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole)
    return {};
  if (section == TimeColumn)
    return tr("Time · %1").arg(QString::fromLatin1(m_zone.id()));
  if (section == DeviceColumn)
    return tr("Device");
  const QuantityKey &key = m_preview->batch.quantities()[static_cast<std::size_t>(section - FirstValue)];
  return QString(quantityTitle(key.name) +
                 (key.unit.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(key.unit)));
}

QVariant ReadingsModel::data(const QModelIndex &index, int role) const {
  const auto at = static_cast<std::size_t>(index.row());
  const Batch &batch = m_preview->batch;
  const ReadingRow &row = batch.rows[at];
  if (role == Qt::TextAlignmentRole && index.column() >= FirstValue)
    return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::ForegroundRole && index.column() == DeviceColumn)
    return themeOf(QApplication::palette()).dim;
  if (role != Qt::DisplayRole)
    return {};
  if (index.column() == TimeColumn)
    return row.event_time_us == kNoTime ? tr("when it is taken in")
                                        : formatDateTime(row.event_time_us, m_zone);
  if (index.column() == DeviceColumn)
    return QString::fromStdString(batch.devices[static_cast<std::size_t>(row.device)]);
  const auto column = static_cast<std::size_t>(index.column() - FirstValue);
  return formatValue(batch.value(at, column), batch.quantities()[column].name);
}

} // namespace meteorograph::ui
