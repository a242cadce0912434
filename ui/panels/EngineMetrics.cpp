// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/EngineMetrics.h"

#include "ui/format/Format.h"

#include <QGridLayout>

#include <cmath>

namespace meteorograph::ui {

namespace {

/// Five minutes in steps of five seconds: as fine as a cell is wide.
constexpr TimeUs kStep = 5 * kSecond;
constexpr std::size_t kSteps = 60;

enum class Fold { Mean, Most, Sum };

/// What the seconds say, a value a step, the step in work last; nothing happened where none say a
/// thing, unless a value `stays` as it was.
std::vector<double> historyOf(const EngineStatus &status, TimeUs now, Fold fold, bool stays,
                              double (*value)(const Progress &)) {
  const TimeUs end = floorTo(now, kStep) + kStep;
  const TimeUs begin = end - static_cast<TimeUs>(kSteps) * kStep;
  std::vector<double> steps(kSteps, 0);
  std::vector<bool> seen(kSteps, false);
  double before = 0;
  for (const Progress &at : status.progress) {
    if (at.time_us < begin)
      before = value(at);
    if (at.time_us < begin || at.time_us >= end)
      continue;
    const auto step = static_cast<std::size_t>((at.time_us - begin) / kStep);
    steps[step] = fold == Fold::Most ? std::max(steps[step], value(at)) : steps[step] + value(at);
    seen[step] = true;
  }
  for (std::size_t step = 0; step < kSteps; ++step) {
    if (fold == Fold::Mean)
      steps[step] /= static_cast<double>(kStep / kSecond);
    if (stays && !seen[step])
      steps[step] = before;
    before = steps[step];
  }
  return steps;
}

QString perSecond(double rows) { return EngineMetrics::tr("%1/s").arg(formatCount(std::llround(rows))); }

} // namespace

EngineMetrics::EngineMetrics(QWidget *parent) : QWidget(parent) {
  const std::array<std::pair<QString, QString>, Count> names{
      {{tr("in"), tr("Readings a second that came to the store, in the last five minutes")},
       {tr("speed"), tr("Readings a second while a batch is committed")},
       {tr("batch"), tr("How long the last batch took to commit; the line shows the longest")},
       {tr("queue"), tr("Rows that wait for their commit")},
       {tr("log"), tr("The write-ahead log, not yet in the database file")},
       {tr("late"), tr("Readings that came late and repaired their windows, in the last five minutes")}}};
  auto *grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(14);
  grid->setVerticalSpacing(3);
  for (std::size_t i = 0; i < names.size(); ++i) {
    m_cells[i] = new MetricCell(names[i].first, names[i].second);
    grid->addWidget(m_cells[i], static_cast<int>(i / 2), static_cast<int>(i % 2));
  }
}

void EngineMetrics::show(const EngineStatus &status, TimeUs now) {
  const Progress last = status.progress.empty() ? Progress() : status.progress.back();
  const auto set = [&](Metric metric, const QString &text, Fold fold, bool stays,
                       double (*value)(const Progress &)) {
    m_cells[static_cast<std::size_t>(metric)]->show(text, historyOf(status, now, fold, stays, value));
  };
  std::int64_t late = 0;
  for (const Progress &at : status.progress)
    late += at.late_rows;
  set(Input, perSecond(status.processed_rows_per_second), Fold::Mean, false,
      [](const Progress &at) { return static_cast<double>(at.input_rows); });
  set(Processed, perSecond(last.processed_rows_per_second), Fold::Most, false,
      [](const Progress &at) { return at.processed_rows_per_second; });
  set(Batch, formatMilliseconds(status.commit_ms), Fold::Most, false,
      [](const Progress &at) { return at.longest_batch_ms; });
  set(Queue, formatCount(status.queued_rows), Fold::Most, false,
      [](const Progress &at) { return static_cast<double>(at.queued_rows); });
  set(Log, formatBytes(status.wal_bytes), Fold::Most, true,
      [](const Progress &at) { return static_cast<double>(at.wal_bytes); });
  set(Late, formatCount(late), Fold::Sum, false,
      [](const Progress &at) { return static_cast<double>(at.late_rows); });
}

} // namespace meteorograph::ui
