// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Retention.h"
#include "ui/EngineClient.h"

#include <QDialog>
#include <QTimeZone>

#include <array>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QTimer;

namespace meteorograph::ui {

/// What each layer keeps, by age and by size, beside what it holds and how it grows; below, what the
/// settings as typed would give up. Changes nothing itself: emits chosen(). The client must outlive it.
class RetentionDialog : public QDialog {
  Q_OBJECT
public:
  RetentionDialog(EngineClient *client, const RetentionStatus &status, const QTimeZone &zone,
                  QWidget *parent = nullptr);

Q_SIGNALS:
  /// With what they would give up, as far as it is known.
  void chosen(const meteorograph::RetentionSettings &settings, const meteorograph::RetentionStatus &effect);

private:
  struct Row {
    QLineEdit *age;
    QLineEdit *size;
    QLabel *held;
    QLabel *growth;
    QLabel *doomed;
  };
  QWidget *buildTable();
  QLineEdit *makeEdit(const QString &name, const QString &placeholder);
  Result<RetentionSettings> settings() const;
  void check();
  void ask();
  void showEffect(const RetentionStatus &status);
  void accept() override;

  EngineClient *m_client;
  QTimeZone m_zone;
  RetentionStatus m_status; ///< of the settings as typed, once it has come
  std::array<Row, 3> m_rows{};
  QLabel *m_disk;
  QLabel *m_note;
  QPushButton *m_apply = nullptr;
  QTimer *m_asking;
  std::uint64_t m_asked = 0; ///< the newest question; older answers are dropped
  bool m_answered = true;
};

} // namespace meteorograph::ui
