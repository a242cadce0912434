// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "ui/panels/RowList.h"
#include "ui/panels/Section.h"

namespace meteorograph::ui {

/// The folders and files that are followed or were read, with what came of them.
class SourcesPanel : public Section {
  Q_OBJECT
public:
  explicit SourcesPanel(QWidget *parent = nullptr);
  void show(const std::vector<SourceStatus> &sources);

Q_SIGNALS:
  void addRequested();
  void removeRequested(qint64 sourceId); ///< followed no more; its readings stay
  void removeWithReadingsRequested(qint64 sourceId);
  void settingsRequested(qint64 sourceId);

private:
  void showMenu(const QPoint &position);
  RowList *m_list;
};

} // namespace meteorograph::ui
