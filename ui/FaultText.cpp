// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/FaultText.h"

#include "ui/format/Format.h"
#include "ui/format/TimeFormat.h"

#include <QCoreApplication>

namespace meteorograph::ui {

namespace {
QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::FaultText", text); }
} // namespace

QString faultText(const EngineStatus &status, const QTimeZone &zone) {
  if (status.state == EngineStatus::State::Failed && !status.error.empty()) {
    const QString error = QString::fromStdString(status.error);
    return status.failing_since_us == kNoTime
               ? error
               : tr("Nothing is stored since %1: %2").arg(formatClock(status.failing_since_us, zone), error);
  }
  if (status.faults.empty())
    return {};
  const SourceFault &first = status.faults.front();
  QString text = tr("Since %1: %2. It is tried again by itself.")
                     .arg(formatClock(first.since_us, zone), QString::fromStdString(first.reason));
  if (status.faults.size() > 1)
    text += QLatin1Char(' ') + tr("%1 more cannot be read: see Events.")
                                   .arg(formatCount(static_cast<std::int64_t>(status.faults.size()) - 1));
  return text;
}

} // namespace meteorograph::ui
