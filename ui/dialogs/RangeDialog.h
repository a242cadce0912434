// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/LiveState.h"

#include <QDialog>

#include <optional>
#include <variant>

class QCalendarWidget;
class QLabel;
class QLineEdit;
class QPushButton;

namespace meteorograph::ui {

/// A range as it was typed: one that ends "now" follows the live edge, any other stands still.
using TypedRange = std::variant<LiveSpan, ViewRange>;
/// Nothing when an end cannot be read or the range is empty.
std::optional<TypedRange> parseRange(const QString &from, const QString &to, TimeUs now,
                                     const QTimeZone &zone);

/// Two ends as text (`2026-11-22 14:02`, `14:02`, `now-6h`, `today`) with a calendar that writes into
/// the end that has the focus. An end that nobody touches stays what it was, to the microsecond. Emits
/// chosen() and closes.
class RangeDialog : public QDialog {
  Q_OBJECT
public:
  RangeDialog(const ViewRange &seen, TimeUs now, const QTimeZone &zone, const QString &zoneName,
              QWidget *parent = nullptr);

Q_SIGNALS:
  void chosen(const meteorograph::ui::TypedRange &range);

private:
  QLineEdit *makeEnd(const QString &name, const QString &text);
  std::optional<TypedRange> typed() const;
  void pickDate(const QDate &date);
  void check();
  void accept() override;

  TimeUs m_now;
  QTimeZone m_zone;
  Editable m_seenFrom;
  Editable m_seenTo;
  QLineEdit *m_from;
  QLineEdit *m_to;
  QLineEdit *m_active;
  QCalendarWidget *m_calendar;
  QLabel *m_preview;
  QPushButton *m_ok = nullptr;
};

} // namespace meteorograph::ui
