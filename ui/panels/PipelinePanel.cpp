// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/PipelinePanel.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"
#include "ui/format/RetentionText.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

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

/// A fact keeps the room that it once needed: else the whole window would move with its text.
void StageBox::setFact(std::size_t line, const QString &text, const char *tone) {
  m_facts[line]->setText(text);
  m_facts[line]->setMinimumWidth(std::max(m_facts[line]->minimumWidth(), m_facts[line]->sizeHint().width()));
  setTone(*m_facts[line], tone);
}

PipelinePanel::PipelinePanel(QWidget *parent)
    : QWidget(parent),
      m_bronze(new StageBox(tr("Bronze"), tr("readings"), {tr("read"), tr("processed"), tr("quarantined")})),
      m_silver(new StageBox(tr("Silver"), tr("1 s windows"),
                            {tr("watermark"), tr("provisional"), tr("late, repaired")})),
      m_gold(new StageBox(tr("Gold"), tr("moving averages"), {tr("range shown"), tr("query"), tr("frame")})),
      m_metrics(new EngineMetrics),
      m_disk(new StageBox(tr("Disk"), tr("the store's file"), {tr("growth"), tr("disk"), tr("kept")})),
      m_retention(new QPushButton(tr("Retention…"))) {
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(18, 8, 18, 10);
  layout->setSpacing(12);
  for (StageBox *stage : {m_bronze, m_silver, m_gold}) {
    layout->addWidget(stage, 4);
    layout->addWidget(makeLabel(QStringLiteral("→"), "arrow"), 0, Qt::AlignVCenter);
  }
  auto *engine = new QVBoxLayout;
  engine->setSpacing(4);
  engine->addLayout(makeHeading(tr("Engine"), makeLabel(tr("last 5 min"), "caption")));
  engine->addWidget(m_metrics, 1);
  layout->addLayout(engine, 5);
  layout->addSpacing(10);
  m_retention->setProperty("role", "link");
  m_retention->setAccessibleName(tr("What the store keeps"));
  m_disk->layout()->addWidget(m_retention);
  m_retention->setProperty("writes", true);
  connect(m_retention, &QPushButton::clicked, this, &PipelinePanel::retentionRequested);
  layout->addWidget(m_disk, 4);
}

void PipelinePanel::showStatus(const EngineStatus &status, TimeUs now) {
  // What another program reads is not known here.
  m_bronze->setFact(0, status.writable ? formatRowRate(status.read_rows_per_second) : QStringLiteral("—"));
  m_bronze->setFact(1, formatRowRate(status.processed_rows_per_second));
  m_metrics->show(status, now);
  m_retention->setText(status.giving_up ? tr("Giving up what is too old…") : tr("Retention…"));
}

void PipelinePanel::showRetention(const RetentionStatus &status) {
  m_disk->setFigure(formatBytes(status.store_bytes));
  const bool known = status.growth_span_us > 0;
  m_disk->setFact(0,
                  known ? tr("%1 a day").arg(growthText(status, status.bytes_per_day)) : QStringLiteral("—"));
  const QString room = tr("%1 free").arg(formatBytes(status.disk_free_bytes));
  m_disk->setFact(1, known ? forecastText(status) : room, status.warns() ? "warn" : "");
  m_disk->setFactTip(1, known ? room : tr("How long it lasts shows after an hour."));
  const QString kept = keptText(status.settings());
  m_disk->setFact(2, status.settings().off() ? tr("everything") : tr("in part"));
  m_disk->setFactTip(2, kept);
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
                                            : formatDate(watermark, zone) + QLatin1Char(' ') +
                                      formatClock(watermark, zone).section(QLatin1Char(':'), 0, 1));
  m_silver->setFact(1, overview.provisional_windows == 1
                           ? tr("1 window")
                           : tr("%1 windows").arg(formatCount(overview.provisional_windows)));
  m_silver->setFact(2, formatCount(overview.late));
}

void PipelinePanel::showSeries(const SeriesSet &series, const ViewState &view, double frameMs) {
  m_gold->setFigure(view.average.kind == AverageSpan::Kind::Automatic ? QStringLiteral("15 s · 60 s · 8")
                                                                      : averageLabel(view.average));
  m_gold->setFact(0, formatSpan(series.to_us - series.from_us));
  m_gold->setFact(1, formatMilliseconds(series.query_ms));
  m_gold->setFact(2, frameMs > 0 ? formatMilliseconds(frameMs) : QStringLiteral("—"));
}

} // namespace meteorograph::ui
