// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/FilesPanel.h"

#include "ui/format/Format.h"

namespace meteorograph::ui {

namespace {

QString stateText(FileState state) {
  switch (state) {
  case FileState::Reading:
    return FilesPanel::tr("reading");
  case FileState::Following:
    return FilesPanel::tr("following");
  case FileState::Done:
    return FilesPanel::tr("done");
  case FileState::Failed:
    return FilesPanel::tr("failed");
  case FileState::Vanished:
    return FilesPanel::tr("vanished");
  case FileState::Replaced:
    return FilesPanel::tr("replaced");
  }
  return {};
}

RecordRow rowOf(const FileStatus &file) {
  const QString taken =
      file.offset == file.size
          ? formatBytes(file.size)
          : FilesPanel::tr("%1 of %2").arg(formatBytes(file.offset), formatBytes(file.size));
  const auto number = [](std::int64_t value) { return static_cast<double>(value); };
  RecordRow row;
  row.id = file.id;
  row.cells = {QString::fromStdString(file.path),    stateText(file.state),
               QString::fromStdString(file.format),  taken,
               formatBytes(file.pending_bytes),      formatCount(file.readings),
               formatCount(file.counts.quarantined), formatCount(file.late),
               QString::fromStdString(file.error)};
  row.sortKeys = {qQNaN(),
                  qQNaN(),
                  qQNaN(),
                  number(file.size),
                  number(file.pending_bytes),
                  number(file.readings),
                  number(file.counts.quarantined),
                  number(file.late)};
  row.tone = file.state == FileState::Failed ? "bad" : "";
  return row;
}

} // namespace

FilesPanel::FilesPanel(QWidget *parent)
    : RecordTable(tr("Files"),
                  {tr("File"), tr("State"), tr("Format"), tr("Taken in"), tr("Pending"), tr("Readings"),
                   tr("Quarantined"), tr("Late"), tr("Error")},
                  {3, 4, 5, 6, 7}, {330, 80, 190, 120, 70, 90, 90, 60}, parent) {}

void FilesPanel::show(const std::vector<FileStatus> &files, std::int64_t total) {
  std::vector<RecordRow> rows;
  rows.reserve(files.size());
  for (const FileStatus &file : files)
    rows.push_back(rowOf(file));
  const auto listed = static_cast<std::int64_t>(files.size());
  setRows(std::move(rows));
  setNote(listed < total ? tr("%1 of %2 files").arg(formatCount(listed), formatCount(total))
                         : tr("%1 files").arg(formatCount(listed)));
}

} // namespace meteorograph::ui
