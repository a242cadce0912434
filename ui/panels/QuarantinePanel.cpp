// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/QuarantinePanel.h"

#include "ui/format/Format.h"

namespace meteorograph::ui {

namespace {

constexpr std::size_t kShownText = 400; // more does not fit a line; Ctrl+C and the tool tip tell as much
constexpr int kReasonsInNote = 3;

RecordRow rowOf(const QuarantinedRecord &record) {
  RecordRow row;
  row.id = record.id;
  row.cells = {QString::fromStdString(record.file), formatCount(record.line), formatCount(record.offset),
               QString::fromStdString(record.reason),
               QString::fromStdString(record.text.substr(0, kShownText)).simplified()};
  row.sortKeys = {qQNaN(), static_cast<double>(record.line), static_cast<double>(record.offset)};
  return row;
}

} // namespace

QuarantinePanel::QuarantinePanel(QWidget *parent)
    : RecordTable(tr("Quarantine"), {tr("File"), tr("Line"), tr("Offset"), tr("Reason"), tr("Text")}, {1, 2},
                  {330, 70, 90, 220}, parent) {}

void QuarantinePanel::show(const std::vector<QuarantinedRecord> &records, const Overview &overview) {
  std::vector<RecordRow> rows;
  rows.reserve(records.size());
  for (const QuarantinedRecord &record : records)
    rows.push_back(rowOf(record));
  const auto listed = static_cast<std::int64_t>(rows.size());
  setRows(std::move(rows));
  QStringList note;
  note << (listed < overview.counts.quarantined
               ? tr("%1 of %2 records").arg(formatCount(listed), formatCount(overview.counts.quarantined))
               : tr("%1 records").arg(formatCount(listed)));
  for (const ReasonCount &reason : overview.quarantine_reasons)
    if (note.size() <= kReasonsInNote)
      note << QStringLiteral("%1 × %2").arg(formatCount(reason.count), QString::fromStdString(reason.reason));
  setNote(note.join(QStringLiteral(" · ")));
}

} // namespace meteorograph::ui
