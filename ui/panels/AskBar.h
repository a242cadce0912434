// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace meteorograph::ui {

/// One question in one line above the charts, before something is changed that was taken in. Blocks
/// nothing; a newer question takes the place of an older one.
class AskBar : public QFrame {
  Q_OBJECT
public:
  explicit AskBar(QWidget *parent = nullptr);
  void ask(const QString &question, const QString &yes, std::function<void()> go);

protected:
  void keyPressEvent(QKeyEvent *event) override;

private:
  QLabel *m_text;
  QPushButton *m_yes;
  std::function<void()> m_go;
};

} // namespace meteorograph::ui
