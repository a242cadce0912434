// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/MappingPreview.h"

#include <QAbstractTableModel>
#include <QTimeZone>

#include <memory>

namespace meteorograph::ui {

/// The first readings as they would come out: time, device, values in canonical units.
class ReadingsModel : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { TimeColumn, DeviceColumn, FirstValue };
  explicit ReadingsModel(const QTimeZone &zone, QObject *parent = nullptr);
  void show(std::shared_ptr<const MappingPreview> preview);

  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  QTimeZone m_zone;
  std::shared_ptr<const MappingPreview> m_preview;
};

} // namespace meteorograph::ui
