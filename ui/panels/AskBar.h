// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace meteorograph::ui {

/// One question in one line above the charts, before something is changed that was taken in, or after it
/// the offer to undo it. Blocks nothing; a newer question takes the place of an older one.
class AskBar : public QFrame {
  Q_OBJECT
public:
  explicit AskBar(QWidget *parent = nullptr);
  void ask(const QString &question, const QString &yes, std::function<void()> go);
  void offerUndo(const QString &what, std::function<void()> undo);
  void dropUndo(); ///< something else was changed since: an offer to undo goes, a question stays

protected:
  void keyPressEvent(QKeyEvent *event) override;

private:
  void present(const QString &text, const QString &yes, std::function<void()> go);

  QLabel *m_text;
  QPushButton *m_yes;
  QPushButton *m_no;
  bool m_isUndo = false;
  std::function<void()> m_go;
};

} // namespace meteorograph::ui
