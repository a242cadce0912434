// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QPushButton;

namespace meteorograph::ui {

/// The newest error or note in one line above the charts: an error until it is dismissed, a note for
/// some seconds. Above it lines of their own for what is wrong right now and for what is under way. Never
/// blocks; the Events list keeps all of them.
class NoticeBar : public QFrame {
  Q_OBJECT
public:
  static constexpr int kNoteMs = 8000;
  explicit NoticeBar(QWidget *parent = nullptr, int noteMs = kNoteMs);
  void tell(const QString &message, bool isError);
  /// Something under way that can be cancelled, whatever else is told meanwhile.
  void tellOngoing(const QString &message, std::function<void()> cancel);
  void endOngoing();
  /// What is wrong for as long as it is, the same text any number of times; empty: nothing (any more).
  /// Once dismissed it stays away until it changes.
  bool tellFault(const QString &message); ///< whether it has changed
  /// Over a full screen only errors are shown.
  void setQuiet(bool quiet);

Q_SIGNALS:
  void listRequested();

private:
  QWidget *makeOngoing();
  QWidget *makeNewest();
  QWidget *makeFault();
  void fit();

  bool m_isOngoing = false;
  bool m_isTold = false;
  bool m_isError = false;
  bool m_isFaultDismissed = false;
  bool m_quiet = false;
  QTimer m_leave;
  QLabel *m_under;
  QLabel *m_text;
  QLabel *m_fault;
  QPushButton *m_cancel;
  QWidget *m_ongoing;
  QWidget *m_newest;
  QWidget *m_faultRow;
  std::function<void()> m_onCancel;
};

} // namespace meteorograph::ui
