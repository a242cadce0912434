// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"

#include <QStatusBar>

class QLabel;

namespace meteorograph::ui {

/// The window's last line: the account of all records, the store, memory, revision.
class StatusStrip : public QStatusBar {
  Q_OBJECT
public:
  explicit StatusStrip(QWidget *parent = nullptr);
  void showOverview(const Overview &overview);
  void showMemory(std::int64_t bytes);
  void clearStore();

private:
  void showAccount(const RecordCounts &counts);
  QLabel *m_account;
  QLabel *m_store;
  QLabel *m_memory;
  QLabel *m_revision;
};

/// Resident memory of this process. Reads /proc, so not for the GUI thread; 0 where unknown.
std::int64_t residentBytes();

} // namespace meteorograph::ui
