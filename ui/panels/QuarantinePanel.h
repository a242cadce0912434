// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "ui/panels/RecordTable.h"

namespace meteorograph::ui {

/// The records that could not be taken as readings: where they are, why, and what they say.
class QuarantinePanel : public RecordTable {
  Q_OBJECT
public:
  explicit QuarantinePanel(QWidget *parent = nullptr);
  void show(const std::vector<QuarantinedRecord> &records, const Overview &overview);
};

} // namespace meteorograph::ui
