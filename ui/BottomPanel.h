// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QStackedWidget;
class QTabBar;

namespace meteorograph::ui {

class EventsPanel;
class FilesPanel;
class PipelinePanel;
class QuarantinePanel;

/// The card below the charts: pipeline, files, quarantine, events, one at a time behind slim tabs.
class BottomPanel : public QFrame {
  Q_OBJECT
public:
  enum Tab { PipelineTab, FilesTab, QuarantineTab, EventsTab };
  explicit BottomPanel(QWidget *parent = nullptr);

  PipelinePanel *pipeline() const { return m_pipeline; }
  FilesPanel *files() const { return m_files; }
  QuarantinePanel *quarantine() const { return m_quarantine; }
  EventsPanel *events() const { return m_events; }
  Tab tab() const;
  void setTab(int tab);
  void setQuarantineCount(std::int64_t count);

Q_SIGNALS:
  void tabChanged();

private:
  PipelinePanel *m_pipeline;
  FilesPanel *m_files;
  QuarantinePanel *m_quarantine;
  EventsPanel *m_events;
  QTabBar *m_tabs;
  QStackedWidget *m_stack;
};

} // namespace meteorograph::ui
