// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace meteorograph::ui {

/// What the window shows while there is no data: how to get some, and where one was before.
class StartScreen : public QWidget {
  Q_OBJECT
public:
  explicit StartScreen(QWidget *parent = nullptr);
  void setRecents(const QStringList &folders);
  /// One line below the buttons: what is going on, or what went wrong.
  void setMessage(const QString &message, bool isError);

Q_SIGNALS:
  void openRequested();
  void demoRequested();
  void recentChosen(const QString &path);

private:
  QWidget *makeDropArea();
  QVBoxLayout *m_recents;
  QWidget *m_recentsBox;
  QLabel *m_message;
};

} // namespace meteorograph::ui
