// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/QuantitiesPanel.h"

#include "ui/Theme.h"
#include "ui/WriteAccess.h"
#include "ui/format/Format.h"

#include <QMenu>

namespace meteorograph::ui {

QuantitiesPanel::QuantitiesPanel(QWidget *parent) : Section(tr("Quantities"), parent), m_list(new RowList) {
  m_list->setAccessibleName(tr("Quantities"));
  m_list->setSelectionMode(QAbstractItemView::NoSelection);
  m_list->setContextMenuPolicy(Qt::CustomContextMenu);
  setBody(m_list);
  connect(m_list, &QWidget::customContextMenuRequested, this, &QuantitiesPanel::showMenu);
  connect(m_list, &RowList::toggled, this, &QuantitiesPanel::shownToggled);
}

void QuantitiesPanel::show(const Overview &overview, const ViewState &view) {
  const ChartTheme &theme = themeOf(palette());
  const std::vector<Quantity> panes = view.panes(overview);
  std::vector<ListRow> rows;
  for (const Quantity &quantity : overview.quantities) {
    ListRow row;
    row.id = quantity.id;
    row.name = quantityTitle(quantity.name);
    row.detail = QString::fromStdString(quantity.unit);
    row.tip = QString::fromStdString(quantity.name);
    row.checked = std::any_of(panes.begin(), panes.end(),
                              [&quantity](const Quantity &pane) { return pane.id == quantity.id; });
    row.colour = *row.checked ? quantityColour(theme, quantity.name) : theme.faint;
    rows.push_back(std::move(row));
  }
  m_list->setRows(std::move(rows));
}

void QuantitiesPanel::showMenu(const QPoint &position) {
  const ListRow *row = m_list->rowAt(position);
  if (!row)
    return;
  auto *menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  offerWriting(*this,
               {menu->addAction(tr("Limits…"), this, [this, id = row->id] { Q_EMIT limitsRequested(id); })});
  menu->popup(m_list->mapToGlobal(position));
}

} // namespace meteorograph::ui
