// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

/// What a run of the program left behind.
struct ProgramRun {
  int code = -1; ///< −1: it did not start, hung or crashed
  QByteArray out;
  QByteArray err;
};

/// Runs the built program as a user does: in a folder of its own that is also its home, and without
/// a display.
class Program {
public:
  Program();

  QString path(const QString &name) const { return m_folder.filePath(name); }
  ProgramRun run(const QStringList &arguments) const;
  /// The same through the shell; `$M` is the program.
  ProgramRun shell(const QString &script) const;
  /// A program that goes on until it is told to stop; killed when the pointer goes.
  std::unique_ptr<QProcess> start(const QStringList &arguments) const;
  /// The window, on a screen that nobody sees.
  std::unique_ptr<QProcess> startWindow(const QStringList &arguments) const;
  /// Sends the signal and waits for the end.
  static ProgramRun stop(QProcess &process, int signal);

  QByteArray read(const QString &name) const;
  void write(const QString &name, const QByteArray &content) const;
  void append(const QString &name, const QByteArray &content) const;

private:
  QProcess *prepared() const;

  QTemporaryDir m_folder;
};
