// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/Section.h"

namespace meteorograph::ui {

Section::Section(const QString &title, QWidget *parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_heading(new QHBoxLayout), m_note(new QLabel) {
  m_layout->setContentsMargins(0, 6, 0, 8);
  m_layout->setSpacing(2);
  m_heading->setContentsMargins(14, 2, 12, 4);
  auto *name = new QLabel(title.toUpper());
  name->setProperty("role", "heading");
  m_note->setProperty("role", "heading");
  QFont spaced = name->font();
  spaced.setLetterSpacing(QFont::PercentageSpacing, 106);
  name->setFont(spaced);
  m_note->setFont(spaced);
  m_heading->addWidget(name);
  m_heading->addStretch();
  m_heading->addWidget(m_note);
  m_layout->addLayout(m_heading);
}

QToolButton *Section::addButton(const QString &text, const QString &accessibleName) {
  auto *button = new QToolButton;
  button->setText(text);
  button->setProperty("role", "small");
  button->setToolTip(accessibleName);
  button->setAccessibleName(accessibleName);
  button->setFocusPolicy(Qt::TabFocus);
  m_heading->addWidget(button);
  return button;
}

} // namespace meteorograph::ui
