// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "ui/format/TimeFormat.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace meteorograph::ui {

/// What is written at a time: text, the time or stretch of time, and what it is about. Emits saved() or
/// deleteRequested() and closes.
class AnnotationDialog : public QDialog {
  Q_OBJECT
public:
  /// `now` is what "now" means in the fields of times, which are in the zone.
  AnnotationDialog(const Annotation &annotation, const Overview &overview, TimeUs now, const QTimeZone &zone,
                   QWidget *parent = nullptr);

Q_SIGNALS:
  void saved(const meteorograph::Annotation &annotation);
  void deleteRequested(const meteorograph::Annotation &annotation);

private:
  std::optional<Annotation> annotation() const;
  std::optional<TimeUs> timeOf(const QLineEdit &field, TimeUs before) const;
  void check();
  void accept() override;

  Annotation m_annotation;
  TimeUs m_now;
  QTimeZone m_zone;
  QLineEdit *m_text;
  QLineEdit *m_from;
  QLineEdit *m_to;
  QComboBox *m_device;
  QComboBox *m_quantity;
  QLabel *m_note;
  QPushButton *m_ok = nullptr;
};

} // namespace meteorograph::ui
