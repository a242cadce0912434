// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/BottomPanel.h"

#include "ui/format/Format.h"
#include "ui/panels/EventsPanel.h"
#include "ui/panels/FilesPanel.h"
#include "ui/panels/PipelinePanel.h"
#include "ui/panels/QuarantinePanel.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace meteorograph::ui {

BottomPanel::BottomPanel(QWidget *parent)
    : QFrame(parent), m_pipeline(new PipelinePanel), m_files(new FilesPanel),
      m_quarantine(new QuarantinePanel), m_events(new EventsPanel), m_tabs(new QTabBar),
      m_stack(new QStackedWidget) {
  setProperty("card", true);
  const QStringList titles = {tr("Pipeline"), tr("Files"), tr("Quarantine"), tr("Events")};
  for (const QString &title : titles)
    m_tabs->addTab(title);
  m_tabs->setDrawBase(false);
  m_tabs->setExpanding(false);
  m_tabs->setAccessibleName(tr("Lists below the charts"));
  for (QWidget *page : std::initializer_list<QWidget *>{m_pipeline, m_files, m_quarantine, m_events})
    m_stack->addWidget(page);
  connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
    m_stack->setCurrentIndex(index);
    Q_EMIT tabChanged();
  });
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(1, 1, 1, 1);
  layout->setSpacing(0);
  layout->addWidget(m_tabs);
  layout->addWidget(m_stack, 1);
  setMinimumHeight(150);
}

BottomPanel::Tab BottomPanel::tab() const { return static_cast<Tab>(m_tabs->currentIndex()); }

void BottomPanel::setTab(int tab) { m_tabs->setCurrentIndex(tab); }

void BottomPanel::setQuarantineCount(std::int64_t count) {
  const QString text = count > 0 ? tr("Quarantine · %1").arg(formatCount(count)) : tr("Quarantine");
  if (m_tabs->tabText(QuarantineTab) != text)
    m_tabs->setTabText(QuarantineTab, text);
}

} // namespace meteorograph::ui
