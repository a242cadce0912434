// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "ui/panels/RecordTable.h"

namespace meteorograph::ui {

/// Every file that was taken in: state, format, how far, how much.
class FilesPanel : public RecordTable {
  Q_OBJECT
public:
  explicit FilesPanel(QWidget *parent = nullptr);
  void show(const std::vector<FileStatus> &files, std::int64_t total);
};

} // namespace meteorograph::ui
