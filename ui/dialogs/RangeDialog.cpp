// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/RangeDialog.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QApplication>
#include <QCalendarWidget>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTextCharFormat>

namespace meteorograph::ui {

namespace {
/// Microseconds are told where they can matter.
Editable editable(TimeUs time, TimeUs width, const QTimeZone &zone) {
  return {time, formatEditable(time, zone, width < kMinute ? 1 : kMillisecond)};
}
} // namespace

std::optional<TypedRange> parseRange(const QString &from, const QString &to, TimeUs now,
                                     const QTimeZone &zone) {
  const std::optional<TimeUs> first = parseTimeText(from, now, zone);
  const std::optional<TimeUs> last = parseTimeText(to, now, zone);
  if (!first || !last || *first >= *last)
    return std::nullopt;
  const bool follows = to.trimmed().compare(QLatin1String("now"), Qt::CaseInsensitive) == 0;
  if (!follows)
    return ViewRange{*first, *last};
  if (from.trimmed().compare(QLatin1String("today"), Qt::CaseInsensitive) == 0)
    return LiveSpan{LiveSpan::Kind::Today, 0};
  return LiveSpan::last(*last - *first);
}

RangeDialog::RangeDialog(const ViewRange &seen, TimeUs now, const QTimeZone &zone, const QString &zoneName,
                         QWidget *parent)
    : QDialog(parent), m_now(now), m_zone(zone), m_seenFrom(editable(seen.from_us, seen.width(), zone)),
      m_seenTo(editable(seen.to_us, seen.width(), zone)), m_from(makeEnd(tr("From"), m_seenFrom.text)),
      m_to(makeEnd(tr("To"), m_seenTo.text)), m_active(m_from), m_calendar(new QCalendarWidget),
      m_preview(new QLabel) {
  setWindowTitle(tr("Choose range"));
  m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
  m_calendar->setFirstDayOfWeek(Qt::Monday);
  m_calendar->setAccessibleName(tr("Calendar"));
  m_calendar->setSelectedDate(QDate::fromString(m_seenFrom.text.left(10), Qt::ISODate));
  QTextCharFormat weekend;
  weekend.setForeground(themeOf(QApplication::palette()).dim);
  m_calendar->setWeekdayTextFormat(Qt::Saturday, weekend);
  m_calendar->setWeekdayTextFormat(Qt::Sunday, weekend);
  auto *hint = new QLabel(tr("2026-11-22 14:02 · 14:02 · now-6h · today · yesterday · now (follows live)\n"
                             "Times without a zone are %1.")
                              .arg(zoneName));
  hint->setProperty("role", "caption");
  m_preview->setProperty("role", "caption");
  m_preview->setMinimumWidth(380);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  m_ok = buttons->button(QDialogButtonBox::Ok);
  m_ok->setText(tr("Show"));
  m_ok->setProperty("role", "primary");
  connect(buttons, &QDialogButtonBox::accepted, this, &RangeDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_calendar, &QCalendarWidget::clicked, this, &RangeDialog::pickDate);
  connect(m_calendar, &QCalendarWidget::activated, this, [this](const QDate &date) {
    if (QGuiApplication::mouseButtons() == Qt::NoButton) // by the Enter key; a click has said so already
      pickDate(date);
  });
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now_) {
    if (now_ == m_from || now_ == m_to)
      m_active = static_cast<QLineEdit *>(now_);
  });
  auto *form = new QFormLayout;
  form->setSpacing(8);
  form->addRow(tr("&From"), m_from);
  form->addRow(tr("&To"), m_to);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(18, 16, 18, 14);
  layout->setSpacing(10);
  layout->addLayout(form);
  layout->addWidget(m_preview);
  layout->addWidget(m_calendar);
  layout->addWidget(hint);
  layout->addWidget(buttons);
  m_from->selectAll();
  check();
}

std::optional<TypedRange> RangeDialog::typed() const {
  std::optional<TypedRange> typed = parseRange(m_from->text(), m_to->text(), m_now, m_zone);
  auto *range = typed ? std::get_if<ViewRange>(&*typed) : nullptr;
  if (!range)
    return typed;
  range->from_us = m_from->text() == m_seenFrom.text ? m_seenFrom.time_us : range->from_us;
  range->to_us = m_to->text() == m_seenTo.text ? m_seenTo.time_us : range->to_us;
  return range->from_us < range->to_us ? typed : std::nullopt;
}

QLineEdit *RangeDialog::makeEnd(const QString &name, const QString &text) {
  auto *edit = new QLineEdit(text, this);
  edit->setAccessibleName(name);
  connect(edit, &QLineEdit::textChanged, this, &RangeDialog::check);
  return edit;
}

void RangeDialog::pickDate(const QDate &date) {
  const bool isEnd = m_active == m_to;
  m_active->setText(date.toString(Qt::ISODate) +
                    (isEnd ? QStringLiteral(" 24:00") : QStringLiteral(" 00:00")));
  (isEnd ? m_from : m_to)->setFocus(); // two clicks choose first and last day
}

void RangeDialog::check() {
  if (!m_ok)
    return;
  const std::optional<TypedRange> typed = this->typed();
  m_ok->setEnabled(typed.has_value());
  if (!typed) {
    m_preview->setText(tr("▲ Not a range: an end cannot be read, or it is not after the other."));
  } else if (const auto *span = std::get_if<LiveSpan>(&*typed)) {
    m_preview->setText(span->kind == LiveSpan::Kind::Today
                           ? tr("Today, following live")
                           : tr("The last %1, following live").arg(formatSpan(span->width_us)));
  } else {
    const ViewRange &range = std::get<ViewRange>(*typed);
    m_preview->setText(formatEditable(range.from_us, m_zone, 1) + QStringLiteral(" – ") +
                       formatEditable(range.to_us, m_zone, 1) + QStringLiteral(" · ") +
                       formatSpan(range.width()));
  }
  setTone(*m_preview, typed ? "" : "bad");
}

void RangeDialog::accept() {
  if (const std::optional<TypedRange> typed = this->typed()) {
    Q_EMIT chosen(*typed);
    QDialog::accept();
  }
}

} // namespace meteorograph::ui
