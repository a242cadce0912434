// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/LoadProgress.h"

#include "ui/format/Format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace meteorograph::ui {

namespace {
// A load that is over within this time is not worth a strip that pushes the charts down.
constexpr TimeUs kWorthTelling = 700 * kMillisecond;
// Weight of the newest rate in the smoothed one: steady enough to read, quick enough to be true.
constexpr double kNewest = 0.2;
constexpr int kSteps = 1000;

QString fileName(const std::string &path) {
  return QString::fromStdString(path).section(QLatin1Char('/'), -1);
}
} // namespace

LoadProgress::LoadProgress(QWidget *parent)
    : QFrame(parent), m_text(new QLabel), m_bar(new QProgressBar), m_cancel(new QPushButton(tr("Cancel"))) {
  setObjectName(QStringLiteral("loadProgress"));
  m_bar->setRange(0, kSteps);
  m_bar->setTextVisible(false);
  m_bar->setFixedSize(180, 6);
  m_bar->setAccessibleName(tr("Progress of the load"));
  m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_cancel->setProperty("role", "bar");
  m_cancel->setFocusPolicy(Qt::TabFocus);
  m_cancel->setAccessibleName(tr("Cancel the load; what was committed stays"));
  m_cancel->setToolTip(m_cancel->accessibleName());
  connect(m_cancel, &QPushButton::clicked, this, &LoadProgress::cancelRequested);
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(14, 4, 8, 4);
  layout->setSpacing(12);
  layout->addWidget(m_bar);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_cancel);
  hide();
}

void LoadProgress::show(const EngineStatus &status, TimeUs now) {
  const bool loading = status.state == EngineStatus::State::Loading && status.bytes_total > 0;
  const bool cares = !loading && status.correction.empty() && !status.care.empty();
  m_cancel->setVisible(!cares); // the menu's entry ends it
  m_bar->setVisible(true);
  if (!status.correction.empty())
    return showCorrection(status, now);
  if (cares)
    return showCare(status, now);
  if (!loading) {
    m_since_us = kNoTime;
    hide();
    return;
  }
  if (m_since_us == kNoTime) {
    m_since_us = now;
    m_bytesPerSecond = status.read_bytes_per_second;
  }
  m_bytesPerSecond += kNewest * (status.read_bytes_per_second - m_bytesPerSecond);
  const double part = static_cast<double>(status.bytes_done) / static_cast<double>(status.bytes_total);
  m_bar->setValue(static_cast<int>(part * kSteps));
  QStringList words;
  words << tr("%1 of %2").arg(formatBytes(status.bytes_done), formatBytes(status.bytes_total));
  words << formatRowRate(status.processed_rows_per_second);
  if (m_bytesPerSecond > 0) {
    const double left = static_cast<double>(status.bytes_total - status.bytes_done) / m_bytesPerSecond;
    words << tr("%1 left").arg(formatAge(static_cast<TimeUs>(std::min(left, 1e9) * 1e6)));
  }
  if (status.files_total > 1)
    words << tr("file %1 of %2").arg(formatCount(status.files_done + 1), formatCount(status.files_total));
  words << fileName(status.current_file);
  m_text->setText(words.join(QStringLiteral(" · ")));
  m_text->setToolTip(QString::fromStdString(status.current_file));
  setVisible(now - m_since_us >= kWorthTelling);
}

void LoadProgress::showCorrection(const EngineStatus &status, TimeUs now) {
  if (m_since_us == kNoTime)
    m_since_us = now;
  const bool known = status.correction_files > 0;
  m_bar->setValue(known ? static_cast<int>(kSteps * status.corrected_files / status.correction_files) : 0);
  QStringList words = {QString::fromStdString(status.correction)};
  if (known)
    words << tr("file %1 of %2")
                 .arg(formatCount(std::min(status.corrected_files + 1, status.correction_files)),
                      formatCount(status.correction_files));
  m_text->setText(words.join(QStringLiteral(" · ")));
  m_text->setToolTip(m_text->text());
  setVisible(now - m_since_us >= kWorthTelling);
}

/// A check of the whole says not how far it is.
void LoadProgress::showCare(const EngineStatus &status, TimeUs now) {
  if (m_since_us == kNoTime)
    m_since_us = now;
  const bool known = status.care_done >= 0;
  m_bar->setValue(known ? static_cast<int>(kSteps * status.care_done) : 0);
  m_bar->setVisible(known);
  const QString what = QString::fromStdString(status.care);
  m_text->setText(known ? tr("%1 · %2 %").arg(what).arg(static_cast<int>(100 * status.care_done)) : what);
  m_text->setToolTip(m_text->text());
  setVisible(now - m_since_us >= kWorthTelling);
}

} // namespace meteorograph::ui
