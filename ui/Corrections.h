// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ViewController.h"

#include <QObject>
#include <QPointer>

class QDialog;

namespace meteorograph::ui {

class AskBar;
class MappingDialog;

/// What a person changes about what was already taken in: asks where something would be lost, sends it
/// to the engine and tells what came of it. Owned by the window; refers to its controller and AskBar.
class Corrections : public QObject {
  Q_OBJECT
public:
  using Files = std::vector<FileStatus>;
  Corrections(ViewController &controller, AskBar *bar, QWidget *window);

  void editMapping(const Files &files);
  /// The same for a file of which only this is known.
  void editMappingOf(std::int64_t fileId, const QString &path);
  void readAgain(const Files &files); ///< each with the mapping that it has
  void removeFiles(const Files &files);
  void removeSource(std::int64_t sourceId); ///< with its readings
  void editSource(std::int64_t sourceId);
  void renameDevice(DeviceId id, const QString &name);
  void mergeDevice(DeviceId id);
  void editLimits(QuantityId id);
  void setHolding(DeviceId id, bool holds);
  void editRetention();

  bool isRunning() const { return m_running > 0; }
  void cancel(); ///< the newest one
  void closeDialogs();

Q_SIGNALS:
  void told(const QString &message, bool isError);
  void retained(const meteorograph::RetentionStatus &status); ///< settings were made
  void changed();                                             ///< lists and charts are out of date

private:
  using Send = std::function<EnginePort::RequestId(EngineClient &, EngineClient::Corrected)>;
  void send(const QString &done, const Send &request);
  void finish(const QString &done, const Result<CorrectionReport> &report);
  bool refused();
  void show(QDialog *dialog);
  void showRetention(const RetentionStatus &status);
  void retain(const RetentionSettings &settings);

  ViewController &m_controller;
  AskBar *m_bar;
  QWidget *m_window;
  QPointer<MappingDialog> m_mapping;
  std::vector<QPointer<QDialog>> m_dialogs;
  int m_running = 0;
  EnginePort::RequestId m_newest = 0;
};

} // namespace meteorograph::ui
