// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <csignal>

namespace {

constexpr int kPatience = 60'000; // ms, for a machine that is busy with other things

ProgramRun finished(QProcess &process) {
  ProgramRun run;
  const bool started = process.error() != QProcess::FailedToStart;
  const bool ended = process.state() == QProcess::NotRunning || process.waitForFinished(kPatience);
  if (started && ended && process.exitStatus() == QProcess::NormalExit)
    run.code = process.exitCode();
  run.out = process.readAllStandardOutput();
  run.err = process.readAllStandardError();
  return run;
}

void put(const QString &path, QIODevice::OpenMode mode, const QByteArray &content) {
  QDir().mkpath(QFileInfo(path).path());
  QFile file(path);
  if (file.open(mode))
    file.write(content);
}

} // namespace

Program::Program() = default;

ProgramRun Program::run(const QStringList &arguments) const {
  const std::unique_ptr<QProcess> process = start(arguments);
  process->closeWriteChannel();
  return finished(*process);
}

ProgramRun Program::shell(const QString &script) const {
  const std::unique_ptr<QProcess> process(prepared());
  process->start("/bin/sh", {"-c", script});
  return finished(*process);
}

std::unique_ptr<QProcess> Program::start(const QStringList &arguments) const {
  std::unique_ptr<QProcess> process(prepared());
  process->start(METEOROGRAPH_PROGRAM, arguments);
  process->waitForStarted(kPatience);
  return process;
}

std::unique_ptr<QProcess> Program::startWindow(const QStringList &arguments) const {
  std::unique_ptr<QProcess> process(prepared());
  QProcessEnvironment environment = process->processEnvironment();
  environment.insert("QT_QPA_PLATFORM", "offscreen");
  environment.insert("XDG_CONFIG_HOME", path("config"));
  process->setProcessEnvironment(environment);
  process->start(METEOROGRAPH_PROGRAM, arguments);
  process->waitForStarted(kPatience);
  return process;
}

ProgramRun Program::stop(QProcess &process, int signal) {
  // One that has ended by itself has the id 0, which would be everybody.
  if (const qint64 id = process.processId(); id > 0)
    ::kill(static_cast<pid_t>(id), signal);
  return finished(process);
}

QProcess *Program::prepared() const {
  QProcessEnvironment environment;
  environment.insert("PATH", qEnvironmentVariable("PATH"));
  environment.insert("HOME", m_folder.path());
  environment.insert("XDG_DATA_HOME", path("share"));
  environment.insert("LC_ALL", "C.UTF-8");
  environment.insert("M", METEOROGRAPH_PROGRAM);
  const auto process = new QProcess;
  process->setProcessEnvironment(environment);
  process->setWorkingDirectory(m_folder.path());
  return process;
}

QByteArray Program::read(const QString &name) const {
  QFile file(path(name));
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void Program::write(const QString &name, const QByteArray &content) const {
  put(path(name), QIODevice::WriteOnly, content);
}

void Program::append(const QString &name, const QByteArray &content) const {
  put(path(name), QIODevice::Append, content);
}
