// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>

namespace meteorograph::ui {

/// A part of the side bar: a small capital heading with a note at its right, and a body below.
class Section : public QWidget {
  Q_OBJECT
public:
  explicit Section(const QString &title, QWidget *parent = nullptr);

  void setNote(const QString &note) { m_note->setText(note); }
  void setBody(QWidget *body) { m_layout->addWidget(body); }
  /// A small button at the right end of the heading.
  QToolButton *addButton(const QString &text, const QString &accessibleName);

private:
  QVBoxLayout *m_layout;
  QHBoxLayout *m_heading;
  QLabel *m_note;
};

} // namespace meteorograph::ui
