// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/AskBar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace meteorograph::ui {

AskBar::AskBar(QWidget *parent) : QFrame(parent), m_text(new QLabel), m_yes(new QPushButton) {
  setObjectName(QStringLiteral("askBar"));
  m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto *no = new QPushButton(tr("Cancel"));
  no->setAccessibleName(tr("Change nothing"));
  m_yes->setAccessibleName(tr("Do it"));
  for (QPushButton *button : {m_yes, no}) {
    button->setProperty("role", "bar");
    button->setFocusPolicy(Qt::StrongFocus);
  }
  connect(no, &QPushButton::clicked, this, &QWidget::hide);
  connect(m_yes, &QPushButton::clicked, this, [this] {
    hide();
    if (const std::function<void()> go = std::exchange(m_go, {}))
      go();
  });
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(14, 4, 8, 4);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_yes);
  layout->addWidget(no);
  hide();
}

void AskBar::ask(const QString &question, const QString &yes, std::function<void()> go) {
  m_text->setText(question);
  m_text->setToolTip(question);
  m_yes->setText(yes);
  m_yes->setAccessibleName(yes);
  m_go = std::move(go);
  show();
  m_yes->setFocus();
}

void AskBar::keyPressEvent(QKeyEvent *event) {
  if (event->key() == Qt::Key_Escape)
    hide();
  else
    QFrame::keyPressEvent(event);
}

} // namespace meteorograph::ui
