// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/PipelinePanel.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace meteorograph::ui {

namespace {

QLabel *makeLabel(const QString &text, const char *role) {
  auto *label = new QLabel(text);
  label->setProperty("role", role);
  return label;
}

QHBoxLayout *makeHeading(const QString &title, QLabel *note) {
  auto *heading = new QHBoxLayout;
  note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  heading->addWidget(makeLabel(title, "strong"));
  heading->addWidget(note, 1);
  return heading;
}

/// The oldest of the devices' watermarks: up to there every window of every device is final. Devices
/// that fell silent long ago do not hold it back.
TimeUs commonWatermark(const Overview &overview) {
  TimeUs newest = kNoTime;
  for (const DeviceStatus &device : overview.devices)
    newest = std::max(newest, device.watermark_us);
  TimeUs common = newest;
  for (const DeviceStatus &device : overview.devices)
    if (device.watermark_us != kNoTime && device.watermark_us > newest - kHour)
      common = std::min(common, device.watermark_us);
  return common;
}

} // namespace

StageBox::StageBox(const QString &title, const QString &note, const std::array<QString, 3> &keys,
                   QWidget *parent)
    : QWidget(parent), m_figure(makeLabel(QStringLiteral("—"), "count")) {
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(1);
  layout->addLayout(makeHeading(title, makeLabel(note, "caption")));
  layout->addWidget(m_figure);
  auto *grid = new QGridLayout;
  grid->setVerticalSpacing(1);
  grid->setHorizontalSpacing(8);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const int row = static_cast<int>(i);
    m_facts[i] = makeLabel(QStringLiteral("—"), "fact");
    m_facts[i]->setAccessibleName(title + QLatin1Char(' ') + keys[i]);
    grid->addWidget(makeLabel(keys[i], "key"), row, 0);
    grid->addWidget(m_facts[i], row, 1, Qt::AlignRight);
  }
  grid->setColumnStretch(1, 1);
  layout->addLayout(grid);
  layout->addStretch();
  m_figure->setAccessibleName(title);
}

void StageBox::setFact(std::size_t line, const QString &text, const char *tone) {
  m_facts[line]->setText(text);
  setTone(*m_facts[line], tone);
}

PipelinePanel::PipelinePanel(QWidget *parent)
    : QWidget(parent), m_bronze(new StageBox(tr("Bronze"), tr("readings as they came"),
                                             {tr("read"), tr("processed"), tr("quarantined")})),
      m_silver(new StageBox(tr("Silver"), tr("1 s windows"),
                            {tr("watermark"), tr("provisional"), tr("late, repaired")})),
      m_gold(new StageBox(tr("Gold"), tr("moving averages"), {tr("range shown"), tr("query"), tr("frame")})),
      m_flow(new FlowSparkline), m_flowNote(makeLabel(tr("rows/s, last minute"), "caption")) {
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(18, 8, 18, 10);
  layout->setSpacing(12);
  for (StageBox *stage : {m_bronze, m_silver, m_gold}) {
    layout->addWidget(stage, 4);
    layout->addWidget(makeLabel(QStringLiteral("→"), "arrow"), 0, Qt::AlignVCenter);
  }
  auto *flow = new QVBoxLayout;
  flow->setSpacing(4);
  flow->addLayout(makeHeading(tr("Flow"), m_flowNote));
  flow->addWidget(m_flow, 1);
  layout->addLayout(flow, 5);
}

void PipelinePanel::showStatus(const EngineStatus &status, TimeUs now) {
  m_bronze->setFact(0, formatRowRate(status.read_rows_per_second));
  m_bronze->setFact(1, formatRowRate(status.processed_rows_per_second));
  m_flow->add(now, status.processed_rows_per_second);
  m_flow->setToolTip(tr("%1 queued, last commit %2")
                         .arg(formatCount(status.queued_rows), formatMilliseconds(status.commit_ms)));
}

void PipelinePanel::showOverview(const Overview &overview, const QTimeZone &zone, TimeUs now) {
  m_bronze->setFigure(formatCount(overview.bronze_rows));
  const bool rejects = overview.counts.quarantined > 0;
  m_bronze->setFact(2, formatCount(overview.counts.quarantined), rejects ? "warn" : "");
  m_silver->setFigure(formatCount(overview.silver_rows));
  const TimeUs watermark = commonWatermark(overview);
  const bool recent = watermark != kNoTime && std::abs(now - watermark) < kDay;
  m_silver->setFact(0, watermark == kNoTime ? QStringLiteral("—")
                       : recent             ? formatClock(watermark, zone)
                                            : formatDateTime(watermark, zone));
  m_silver->setFact(1, tr("%1 windows").arg(formatCount(overview.provisional_windows)));
  m_silver->setFact(2, formatCount(overview.late));
}

void PipelinePanel::showSeries(const SeriesSet &series, const ViewState &view, int devices, double frameMs) {
  m_gold->setFigure(view.average.kind == AverageSpan::Kind::Automatic ? QStringLiteral("15 s · 60 s · 8")
                                                                      : averageLabel(view.average));
  const QString span = formatSpan(series.to_us - series.from_us);
  m_gold->setFact(0, devices == 1 ? tr("%1 · 1 device").arg(span)
                                  : tr("%1 · %2 devices").arg(span).arg(devices));
  m_gold->setFact(1, formatMilliseconds(series.query_ms));
  m_gold->setFact(2, frameMs > 0 ? formatMilliseconds(frameMs) : QStringLiteral("—"));
}

} // namespace meteorograph::ui
