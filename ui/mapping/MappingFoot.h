// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace meteorograph::ui {

/// The dialog's foot: what is wrong, Cancel and Apply; then in the same place the question before
/// files are read again, how far that is, and what came of it.
class MappingFoot : public QWidget {
  Q_OBJECT
public:
  explicit MappingFoot(QWidget *parent = nullptr);

  void edit(); ///< Cancel and Apply
  void tell(const QString &message, bool isError);
  void setReady(bool ready);                        ///< Apply makes sense
  void ask(const QString &question);                ///< Back and Read again
  void run(const EngineStatus &status);             ///< a bar and Cancel
  void finish(const QString &result, bool isError); ///< Close

Q_SIGNALS:
  void applyRequested();
  void confirmed();
  void cancelRequested();
  void closeRequested();

private:
  enum class State { Editing, Asking, Running, Done };
  void enter(State state);
  void press();
  void withdraw();

  State m_state = State::Editing;
  bool m_ready = false;
  QLabel *m_text;
  QProgressBar *m_bar;
  QPushButton *m_back;
  QPushButton *m_go;
};

} // namespace meteorograph::ui
