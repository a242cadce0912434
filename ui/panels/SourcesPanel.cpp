// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/SourcesPanel.h"

#include "ui/Theme.h"
#include "ui/WriteAccess.h"
#include "ui/format/Format.h"
#include "ui/format/TimeFormat.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

#include <algorithm>

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
  m_sources = sources;
  showRows();
}

void SourcesPanel::showState(const EngineStatus &status, bool followed, const QTimeZone &zone) {
  const auto same = [](const SourceFault &a, const SourceFault &b) {
    return a.path == b.path && a.since_us == b.since_us && a.reason == b.reason;
  };
  if (m_polling == status.polling && m_followed == followed &&
      std::ranges::equal(m_faults, status.faults, same))
    return;
  m_faults = status.faults;
  m_polling = status.polling;
  m_followed = followed;
  m_zone = zone;
  showRows();
}

void SourcesPanel::showRows() {
  std::vector<ListRow> rows;
  for (const SourceStatus &source : m_sources) {
    rows.push_back(rowOf(source));
    if (source.following)
      markFault(rows.back(), source);
  }
  m_list->setRows(std::move(rows));
}

ListRow SourcesPanel::rowOf(const SourceStatus &source) const {
  const ChartTheme &theme = themeOf(palette());
  ListRow row;
  row.id = source.id;
  row.name = lastPart(QString::fromStdString(source.path));
  QStringList facts;
  facts << (!source.following ? tr("done")
            : !m_followed     ? tr("not followed now")
            : m_polling       ? tr("looked through")
                              : tr("following"));
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
  if (m_polling && source.following)
    row.tip += tr("\nThe system gives no more inotify watches, so changes are looked for, which costs more. "
                  "Raise fs.inotify.max_user_watches.");
  row.colour = source.failed_files > 0 ? theme.bad : source.following && m_followed ? theme.ok : theme.faint;
  row.warning = source.failed_files > 0;
  row.twoLines = true;
  return row;
}

/// Out of reach itself, or a folder in it, or files wait for what the system lacks.
void SourcesPanel::markFault(ListRow &row, const SourceStatus &source) const {
  const std::string inside = source.path + "/";
  for (const SourceFault &fault : m_faults) {
    const bool itself = fault.path == source.path;
    if (!itself && !fault.path.empty() && !fault.path.starts_with(inside))
      continue;
    const QString since = formatClock(fault.since_us, m_zone);
    row.detail = itself               ? tr("not reachable since %1").arg(since)
                 : fault.path.empty() ? tr("waiting since %1").arg(since)
                                      : tr("not all reachable since %1").arg(since);
    row.tip += QLatin1Char('\n') + QString::fromStdString(fault.reason);
    row.colour = themeOf(palette()).bad;
    row.warning = true;
    if (itself)
      return;
  }
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
