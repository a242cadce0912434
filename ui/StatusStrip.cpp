// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/StatusStrip.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QLabel>

#include <fstream>
#include <unistd.h>

namespace meteorograph::ui {

StatusStrip::StatusStrip(QWidget *parent)
    : QStatusBar(parent), m_account(new QLabel), m_store(new QLabel), m_memory(new QLabel),
      m_revision(new QLabel) {
  setSizeGripEnabled(false);
  addWidget(m_account, 1);
  m_account->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  for (QLabel *label : {m_store, m_memory, m_revision})
    addPermanentWidget(label);
  clearStore();
}

void StatusStrip::clearStore() {
  m_account->setText(tr("○ no data yet"));
  setTone(*m_account, "");
  m_store->clear();
  m_revision->clear();
}

void StatusStrip::showAccount(const RecordCounts &counts) {
  const std::int64_t missing = counts.records - counts.accepted - counts.quarantined - counts.skipped;
  const QString sum = tr("%1 records = %2 accepted + %3 quarantined + %4 skipped")
                          .arg(formatCount(counts.records), formatCount(counts.accepted),
                               formatCount(counts.quarantined), formatCount(counts.skipped));
  m_account->setText(missing == 0 ? tr("● everything accounted for: %1").arg(sum)
                                  : tr("▲ %1 records unaccounted for: %2").arg(formatCount(missing), sum));
  setTone(*m_account, missing == 0 ? "ok" : "bad");
}

void StatusStrip::showOverview(const Overview &overview) {
  const RecordCounts &counts = overview.counts;
  if (counts.records == 0)
    clearStore();
  else
    showAccount(counts);
  const QString path = QString::fromStdString(overview.store_path);
  m_store->setText(path.section(QLatin1Char('/'), -1) + QStringLiteral(" · ") +
                   formatBytes(overview.store_bytes));
  m_store->setToolTip(path);
  m_revision->setText(tr("revision %1").arg(formatCount(overview.revision)));
}

void StatusStrip::showMemory(std::int64_t bytes) {
  m_memory->setText(bytes > 0 ? tr("memory %1").arg(formatBytes(bytes)) : QString());
}

std::int64_t residentBytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t total = 0;
  std::int64_t resident = 0;
  return file >> total >> resident ? resident * sysconf(_SC_PAGESIZE) : 0;
}

} // namespace meteorograph::ui
