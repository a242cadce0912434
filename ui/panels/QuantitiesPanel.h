// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ViewState.h"
#include "ui/panels/RowList.h"
#include "ui/panels/Section.h"

namespace meteorograph::ui {

/// The quantities of the store; a checked one has a pane.
class QuantitiesPanel : public Section {
  Q_OBJECT
public:
  explicit QuantitiesPanel(QWidget *parent = nullptr);
  void show(const Overview &overview, const ViewState &view);

Q_SIGNALS:
  void shownToggled(qint64 quantityId, bool shown);
  void limitsRequested(qint64 quantityId);

private:
  void showMenu(const QPoint &position);
  RowList *m_list;
};

} // namespace meteorograph::ui
