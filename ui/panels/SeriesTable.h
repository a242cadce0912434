// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/SeriesTableModel.h"

#include <QFrame>
#include <QHash>

class QCheckBox;
class QLabel;
class QTableView;

namespace meteorograph::ui {

/// The charts' data to read, hear and copy. What is chosen and the row on top stay where they are
/// when newer data come; who looks at the last row follows them. GUI thread.
class SeriesTable : public QFrame {
  Q_OBJECT
public:
  explicit SeriesTable(QWidget *parent = nullptr);
  void setScene(ChartScene scene);
  SeriesTableModel::Extras extras() const;
  void setExtras(SeriesTableModel::Extras extras);

Q_SIGNALS:
  /// Another width: as many rows as that many pixel columns of charts would show are welcome.
  void columnsChanged(int columns);
  void copied(int rows);

protected:
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;

private:
  void buildHead();
  void takeExtras();
  void fitColumns();
  void copySelection();
  void tellWhatIsShown();

  SeriesTableModel *m_model;
  QTableView *m_view;
  QLabel *m_note;
  QCheckBox *m_average;
  QCheckBox *m_spread;
  QHash<int, int> m_fitted; ///< widths that the columns were given
};

} // namespace meteorograph::ui
