// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/NoticeBar.h"

#include "ui/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace meteorograph::ui {

NoticeBar::NoticeBar(QWidget *parent) : QFrame(parent), m_text(new QLabel) {
  setObjectName(QStringLiteral("noticeBar"));
  m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto *list = new QPushButton(tr("All events"));
  auto *dismiss = new QPushButton(tr("Dismiss"));
  for (QPushButton *button : {list, dismiss}) {
    button->setProperty("role", "bar");
    button->setFocusPolicy(Qt::TabFocus);
  }
  list->setAccessibleName(tr("Show the list of events"));
  dismiss->setAccessibleName(tr("Dismiss the message"));
  connect(list, &QPushButton::clicked, this, &NoticeBar::listRequested);
  connect(dismiss, &QPushButton::clicked, this, &QWidget::hide);
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(14, 4, 8, 4);
  layout->addWidget(m_text, 1);
  layout->addWidget(list);
  layout->addWidget(dismiss);
  hide();
}

void NoticeBar::tell(const QString &message, bool isError) {
  m_text->setText(message);
  m_text->setToolTip(message);
  setTone(*m_text, isError ? "bad" : "ok");
  show();
}

} // namespace meteorograph::ui
