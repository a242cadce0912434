// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "ui/panels/RowList.h"
#include "ui/panels/Section.h"

#include <QTimeZone>

namespace meteorograph::ui {

/// The folders and files that are followed or were read, with what came of them.
class SourcesPanel : public Section {
  Q_OBJECT
public:
  explicit SourcesPanel(QWidget *parent = nullptr);
  void show(const std::vector<SourceStatus> &sources);
  /// What the running engine says of them: what cannot be reached, and since when.
  void showState(const EngineStatus &status, bool followed, const QTimeZone &zone);

Q_SIGNALS:
  void addRequested();
  void removeRequested(qint64 sourceId); ///< followed no more; its readings stay
  void removeWithReadingsRequested(qint64 sourceId);
  void settingsRequested(qint64 sourceId);

private:
  void showMenu(const QPoint &position);
  void showRows();
  ListRow rowOf(const SourceStatus &source) const;
  void markFault(ListRow &row, const SourceStatus &source) const;

  RowList *m_list;
  std::vector<SourceStatus> m_sources;
  std::vector<SourceFault> m_faults;
  bool m_polling = false;
  bool m_followed = true;
  QTimeZone m_zone = QTimeZone::utc();
};

} // namespace meteorograph::ui
