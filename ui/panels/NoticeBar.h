// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace meteorograph::ui {

/// The newest error or note in one line above the charts, until it is dismissed. Never blocks; the
/// Events list keeps all of them.
class NoticeBar : public QFrame {
  Q_OBJECT
public:
  explicit NoticeBar(QWidget *parent = nullptr);
  void tell(const QString &message, bool isError);
  /// Something under way that can be cancelled, until the next message.
  void tellOngoing(const QString &message, std::function<void()> cancel);

Q_SIGNALS:
  void listRequested();

private:
  QLabel *m_text;
  QPushButton *m_cancel;
  std::function<void()> m_onCancel;
};

} // namespace meteorograph::ui
