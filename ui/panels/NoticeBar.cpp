// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/NoticeBar.h"

#include "ui/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace meteorograph::ui {

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent), m_text(new QLabel), m_cancel(new QPushButton(tr("Cancel"))) {
  setObjectName(QStringLiteral("noticeBar"));
  m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto *list = new QPushButton(tr("All events"));
  auto *dismiss = new QPushButton(tr("Dismiss"));
  for (QPushButton *button : {m_cancel, list, dismiss}) {
    button->setProperty("role", "bar");
    button->setFocusPolicy(Qt::TabFocus);
  }
  m_cancel->setAccessibleName(tr("Cancel what is under way"));
  list->setAccessibleName(tr("Show the list of events"));
  dismiss->setAccessibleName(tr("Dismiss the message"));
  connect(m_cancel, &QPushButton::clicked, this, [this] {
    m_cancel->setEnabled(false);
    m_onCancel();
  });
  connect(list, &QPushButton::clicked, this, &NoticeBar::listRequested);
  connect(dismiss, &QPushButton::clicked, this, &QWidget::hide);
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(14, 4, 8, 4);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_cancel);
  layout->addWidget(list);
  layout->addWidget(dismiss);
  hide();
}

void NoticeBar::tell(const QString &message, bool isError) {
  m_text->setText(message);
  m_text->setToolTip(message);
  setTone(*m_text, isError ? "bad" : "ok");
  m_cancel->hide();
  show();
}

void NoticeBar::tellOngoing(const QString &message, std::function<void()> cancel) {
  tell(message, false);
  m_onCancel = std::move(cancel);
  m_cancel->setEnabled(true);
  m_cancel->show();
}

} // namespace meteorograph::ui
