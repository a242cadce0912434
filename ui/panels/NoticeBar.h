// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace meteorograph::ui {

/// The newest error or note in one line above the charts, until it is dismissed. Never blocks; the
/// Events list keeps all of them.
class NoticeBar : public QFrame {
  Q_OBJECT
public:
  explicit NoticeBar(QWidget *parent = nullptr);
  void tell(const QString &message, bool isError);

Q_SIGNALS:
  void listRequested();

private:
  QLabel *m_text;
};

} // namespace meteorograph::ui
