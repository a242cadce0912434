// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/AskBar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace meteorograph::ui {

AskBar::AskBar(QWidget *parent)
    : QFrame(parent), m_text(new QLabel), m_yes(new QPushButton), m_no(new QPushButton) {
  setObjectName(QStringLiteral("askBar"));
  m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_no->setAccessibleName(tr("Change nothing"));
  m_yes->setAccessibleName(tr("Do it"));
  for (QPushButton *button : {m_yes, m_no}) {
    button->setProperty("role", "bar");
    button->setFocusPolicy(Qt::StrongFocus);
  }
  connect(m_no, &QPushButton::clicked, this, &QWidget::hide);
  connect(m_yes, &QPushButton::clicked, this, [this] {
    hide();
    if (const std::function<void()> go = std::exchange(m_go, {}))
      go();
  });
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(14, 4, 8, 4);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_yes);
  layout->addWidget(m_no);
  hide();
}

void AskBar::ask(const QString &question, const QString &yes, std::function<void()> go) {
  m_isUndo = false;
  m_no->setText(tr("Cancel"));
  m_no->setAccessibleName(tr("Change nothing"));
  present(question, yes, std::move(go));
}

void AskBar::offerUndo(const QString &what, std::function<void()> undo) {
  m_isUndo = true;
  m_no->setText(tr("Dismiss"));
  m_no->setAccessibleName(tr("Dismiss the message"));
  present(what, tr("Undo"), std::move(undo));
}

void AskBar::dropUndo() {
  if (m_isUndo)
    hide();
}

void AskBar::present(const QString &text, const QString &yes, std::function<void()> go) {
  m_text->setText(text);
  m_text->setToolTip(text);
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
