// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"

#include <QDialog>
#include <QTimeZone>

class QPushButton;

namespace meteorograph::ui {

class RecordTable;

/// All annotations of the store, by time; from each one goes to its time, edits or deletes it. Stays
/// open meanwhile.
class AnnotationList : public QDialog {
  Q_OBJECT
public:
  explicit AnnotationList(QWidget *parent = nullptr);
  void show(const Overview &overview, const QTimeZone &zone);

Q_SIGNALS:
  void goToRequested(std::int64_t annotation);
  void editRequested(std::int64_t annotation);
  void deleteRequested(std::int64_t annotation);

private:
  RecordTable *m_table;
  QList<QPushButton *> m_needRow; ///< buttons that mean the chosen row
};

} // namespace meteorograph::ui
