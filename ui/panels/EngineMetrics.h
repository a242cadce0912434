// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "ui/panels/MetricCell.h"

#include <array>

namespace meteorograph::ui {

/// The engine's own figures with what they were in the last five minutes: rows in and processed, the
/// duration of a batch, rows waiting, the write-ahead log, late rows.
class EngineMetrics : public QWidget {
  Q_OBJECT
public:
  enum Metric { Input, Processed, Batch, Queue, Log, Late, Count };
  explicit EngineMetrics(QWidget *parent = nullptr);
  void show(const EngineStatus &status, TimeUs now);
  const MetricCell &cell(Metric metric) const { return *m_cells[static_cast<std::size_t>(metric)]; }

private:
  std::array<MetricCell *, Count> m_cells{};
};

} // namespace meteorograph::ui
