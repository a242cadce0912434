// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/EngineClient.h"

#include <QDialog>
#include <QTimeZone>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace meteorograph::ui {

class RecordTable;

/// Where a point of a chart comes from: the readings behind its windows, with file and line, and of the
/// chosen one the record as it stands in its file. Asks the engine, shows what comes, withdraws what it
/// needs no longer. The client must outlive it.
class ReadingsDialog : public QDialog {
  Q_OBJECT
public:
  struct Subject {
    std::vector<std::pair<DeviceId, QString>> devices; ///< to choose from
    DeviceId device = 0;
    TimeUs from_us = 0;
    TimeUs to_us = 0;
  };
  ReadingsDialog(EngineClient *client, const Subject &subject, const QTimeZone &zone,
                 QWidget *parent = nullptr);
  ~ReadingsDialog() override;

private:
  void ask();
  void show(const ReadingsOfWindow &answer);
  void showReadings();
  void askRecord();
  void showRecord(const RawRecord &record);
  void withdraw(EnginePort::RequestId &request);
  const StoredReading *chosen() const;

  EngineClient *m_client;
  Subject m_subject;
  QTimeZone m_zone;
  ReadingsOfWindow m_answer;
  EnginePort::RequestId m_asked = 0; ///< 0: none is under way
  EnginePort::RequestId m_askedRecord = 0;
  int m_turn = 0; ///< which request is meant: answers to earlier ones are late
  int m_recordTurn = 0;
  QComboBox *m_device;
  QLabel *m_source;
  RecordTable *m_table = nullptr; ///< made with each answer: its columns are the quantities that came
  QPlainTextEdit *m_text;
  QPushButton *m_copy;
  QPushButton *m_folder;
};

} // namespace meteorograph::ui
