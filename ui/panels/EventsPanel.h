// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "ui/panels/RecordTable.h"

#include <QTimeZone>

class QComboBox;

namespace meteorograph::ui {

/// What happened, and in which file and line, newest first: the store's event log, and this window's own
/// errors, which are not worth a dialog.
class EventsPanel : public RecordTable {
  Q_OBJECT
public:
  explicit EventsPanel(QWidget *parent = nullptr);
  void show(const std::vector<EventEntry> &events, const QTimeZone &zone);
  void addOwn(TimeUs time, const QString &kind, const QString &text);

private:
  void rebuild();
  QComboBox *m_kind;
  std::vector<EventEntry> m_own;
  std::vector<EventEntry> m_stored;
  QTimeZone m_zone = QTimeZone::utc();
};

} // namespace meteorograph::ui
