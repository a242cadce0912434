// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/MappingPreview.h"

#include <QFrame>
#include <QTimeZone>

#include <memory>

class QLabel;
class QTabBar;
class QTableView;

namespace meteorograph::ui {

class ReadingsModel;
class SampleModel;

/// The beginning of the file, as it stands there and as it would come out, with the live count.
class SampleView : public QFrame {
  Q_OBJECT
public:
  explicit SampleView(const QTimeZone &zone, QWidget *parent = nullptr);
  void show(const std::shared_ptr<const MappingPreview> &preview);
  /// While a newer preview is made: the old one stays, and looks it.
  void setBusy(bool busy);

private:
  SampleModel *m_rows;
  ReadingsModel *m_readings;
  QTabBar *m_tabs;
  QTableView *m_rowsView;
  QTableView *m_readingsView;
  QLabel *m_counts;
  bool m_sized = false;
};

/// The look that the mapping's tables share.
void styleTable(QTableView &table, const QString &name);

} // namespace meteorograph::ui
