// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Retention.h"
#include "ui/LiveState.h"
#include "ui/ViewState.h"
#include "ui/panels/EngineMetrics.h"

#include <QLabel>
#include <QPushButton>

#include <array>

namespace meteorograph::ui {

/// One stage of the pipeline: heading with a note, a large figure, three lines of facts.
class StageBox : public QWidget {
  Q_OBJECT
public:
  StageBox(const QString &title, const QString &note, const std::array<QString, 3> &keys,
           QWidget *parent = nullptr);
  void setFigure(const QString &text) { m_figure->setText(text); }
  void setFact(std::size_t line, const QString &text, const char *tone = "");
  void setFactTip(std::size_t line, const QString &tip) { m_facts[line]->setToolTip(tip); }

private:
  QLabel *m_figure;
  std::array<QLabel *, 3> m_facts{};
};

/// Bronze → silver → gold, with counts, rates, watermark and delays; the engine's own figures over the
/// last minutes; the store on its disk, with what it keeps.
class PipelinePanel : public QWidget {
  Q_OBJECT
public:
  explicit PipelinePanel(QWidget *parent = nullptr);
  void showStatus(const EngineStatus &status, TimeUs now);
  void showOverview(const Overview &overview, const QTimeZone &zone, TimeUs now);
  void showSeries(const SeriesSet &series, const ViewState &view, double frameMs);
  void showRetention(const meteorograph::RetentionStatus &status);

Q_SIGNALS:
  void retentionRequested();

private:
  StageBox *m_bronze;
  StageBox *m_silver;
  StageBox *m_gold;
  EngineMetrics *m_metrics;
  StageBox *m_disk;
  QPushButton *m_retention;
};

} // namespace meteorograph::ui
