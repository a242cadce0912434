// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Faults.h"

#include <QCoreApplication>
#include <QStringList>

namespace meteorograph::ui {

QString faultText(std::uint8_t faults) {
  const auto tr = [](const char *text) {
    return QCoreApplication::translate("meteorograph::ui::Chart", text);
  };
  QStringList words;
  if (faults & kOutOfRange)
    words << tr("beyond the limits");
  if (faults & kSpike)
    words << tr("a spike");
  if (faults & kFlat)
    words << tr("unchanged for long");
  return words.join(QStringLiteral(", "));
}

} // namespace meteorograph::ui
