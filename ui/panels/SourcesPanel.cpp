// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/SourcesPanel.h"

#include "ui/Theme.h"
#include "ui/WriteAccess.h"
#include "ui/format/Format.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace meteorograph::ui {

namespace {
QString lastPart(const QString &path) {
  const QString name = path.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty);
  return name.isEmpty() ? path : name;
}
} // namespace

SourcesPanel::SourcesPanel(QWidget *parent) : Section(tr("Sources"), parent), m_list(new RowList) {
  m_list->setAccessibleName(tr("Sources"));
  m_list->setContextMenuPolicy(Qt::CustomContextMenu);
  setBody(m_list);
  QToolButton *add = addButton(QStringLiteral("+"), tr("Add a data folder"));
  add->setProperty("writes", true);
  connect(add, &QToolButton::clicked, this, &SourcesPanel::addRequested);
  connect(m_list, &QWidget::customContextMenuRequested, this, &SourcesPanel::showMenu);
}

void SourcesPanel::show(const std::vector<SourceStatus> &sources) {
  const ChartTheme &theme = themeOf(palette());
  std::vector<ListRow> rows;
  for (const SourceStatus &source : sources) {
    ListRow row;
    row.id = source.id;
    row.name = lastPart(QString::fromStdString(source.path));
    QStringList facts;
    facts << (source.following ? tr("following") : tr("done"));
    facts << (source.files == 1 ? tr("%1 readings").arg(formatCount(source.readings))
                                : tr("%1 files").arg(formatCount(source.files)));
    if (source.failed_files > 0)
      facts << (source.failed_files == 1 ? tr("1 error")
                                         : tr("%1 errors").arg(formatCount(source.failed_files)));
    else if (source.quarantined > 0)
      facts << tr("%1 quarantined").arg(formatCount(source.quarantined));
    else
      facts << tr("0 errors");
    row.detail = facts.join(QStringLiteral(" · "));
    row.tip =
        tr("%1\n%2 readings in %3 files, %4 quarantined, %5 files with errors")
            .arg(QString::fromStdString(source.path), formatCount(source.readings), formatCount(source.files),
                 formatCount(source.quarantined), formatCount(source.failed_files));
    row.colour = source.failed_files > 0 ? theme.bad : source.following ? theme.ok : theme.faint;
    row.warning = source.failed_files > 0;
    row.twoLines = true;
    rows.push_back(std::move(row));
  }
  m_list->setRows(std::move(rows));
}

void SourcesPanel::showMenu(const QPoint &position) {
  const ListRow *row = m_list->rowAt(position);
  if (!row)
    return;
  auto *menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const qint64 id = row->id;
  const QString path = row->tip.section(QLatin1Char('\n'), 0, 0);
  QList<QAction *> writing;
  writing << menu->addAction(tr("Settings…"), this, [this, id] { Q_EMIT settingsRequested(id); });
  menu->addAction(tr("Copy path"), this, [path] { QGuiApplication::clipboard()->setText(path); });
  menu->addSeparator();
  writing << menu->addAction(tr("Remove (readings stay)"), this, [this, id] { Q_EMIT removeRequested(id); })
          << menu->addAction(tr("Remove with its readings…"), this,
                             [this, id] { Q_EMIT removeWithReadingsRequested(id); });
  offerWriting(*this, writing);
  menu->popup(m_list->mapToGlobal(position));
}

} // namespace meteorograph::ui
