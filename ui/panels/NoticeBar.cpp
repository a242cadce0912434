// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/NoticeBar.h"

#include "ui/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace meteorograph::ui {

namespace {

QLabel *line() {
  auto *label = new QLabel;
  label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

/// A text and what one can do about it, side by side.
QWidget *row(QLabel *text, const QList<QPushButton *> &buttons) {
  auto *widget = new QWidget;
  auto *layout = new QHBoxLayout(widget);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(text, 1);
  for (QPushButton *button : buttons) {
    button->setProperty("role", "bar");
    button->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(button);
  }
  return widget;
}

} // namespace

NoticeBar::NoticeBar(QWidget *parent, int noteMs)
    : QFrame(parent), m_under(line()), m_text(line()), m_fault(line()),
      m_cancel(new QPushButton(tr("Cancel"))), m_ongoing(makeOngoing()), m_newest(makeNewest()),
      m_faultRow(makeFault()) {
  setObjectName(QStringLiteral("noticeBar"));
  m_leave.setSingleShot(true);
  m_leave.setInterval(noteMs);
  connect(&m_leave, &QTimer::timeout, this, [this] {
    m_isTold = false;
    fit();
  });
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(14, 4, 8, 4);
  layout->setSpacing(4);
  layout->addWidget(m_faultRow);
  layout->addWidget(m_ongoing);
  layout->addWidget(m_newest);
  fit();
}

QWidget *NoticeBar::makeOngoing() {
  m_cancel->setAccessibleName(tr("Cancel what is under way"));
  connect(m_cancel, &QPushButton::clicked, this, [this] {
    m_cancel->setEnabled(false);
    m_onCancel();
  });
  return row(m_under, {m_cancel});
}

QWidget *NoticeBar::makeNewest() {
  auto *list = new QPushButton(tr("All events"));
  auto *dismiss = new QPushButton(tr("Dismiss"));
  list->setAccessibleName(tr("Show the list of events"));
  dismiss->setAccessibleName(tr("Dismiss the message"));
  connect(list, &QPushButton::clicked, this, &NoticeBar::listRequested);
  connect(dismiss, &QPushButton::clicked, this, [this] {
    m_isTold = false;
    fit();
  });
  return row(m_text, {list, dismiss});
}

QWidget *NoticeBar::makeFault() {
  m_fault->setWordWrap(true); // what can be done comes at the end
  setTone(*m_fault, "bad");
  auto *dismiss = new QPushButton(tr("Hide"));
  dismiss->setAccessibleName(tr("Hide what is wrong until it changes"));
  connect(dismiss, &QPushButton::clicked, this, [this] {
    m_isFaultDismissed = true;
    fit();
  });
  return row(m_fault, {dismiss});
}

bool NoticeBar::tellFault(const QString &message) {
  if (message == m_fault->text())
    return false;
  m_fault->setText(message);
  m_isFaultDismissed = false;
  if (message.isEmpty())
    tell(tr("What was wrong is over: everything is read and stored again."), false);
  fit();
  return true;
}

void NoticeBar::tell(const QString &message, bool isError) {
  m_text->setText(message);
  m_text->setToolTip(message);
  setTone(*m_text, isError ? "bad" : "ok");
  m_isTold = true;
  m_isError = isError;
  if (isError)
    m_leave.stop();
  else
    m_leave.start();
  fit();
}

void NoticeBar::tellOngoing(const QString &message, std::function<void()> cancel) {
  m_under->setText(message);
  m_under->setToolTip(message);
  m_onCancel = std::move(cancel);
  m_cancel->setEnabled(true);
  m_isOngoing = true;
  fit();
}

void NoticeBar::endOngoing() {
  m_isOngoing = false;
  fit();
}

void NoticeBar::setQuiet(bool quiet) {
  m_quiet = quiet;
  fit();
}

void NoticeBar::fit() {
  m_ongoing->setVisible(m_isOngoing && !m_quiet);
  m_newest->setVisible(m_isTold && (m_isError || !m_quiet));
  m_faultRow->setVisible(!m_fault->text().isEmpty() && !m_isFaultDismissed);
  setVisible(!m_ongoing->isHidden() || !m_newest->isHidden() || !m_faultRow->isHidden());
}

} // namespace meteorograph::ui
