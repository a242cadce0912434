// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sink/RowWriter.h"

#include <QFile>
#include <QTemporaryDir>

#include <functional>

/// A file in a folder of its own, written through a TextOutput and read back.
class SinkFile {
public:
  std::string path() const { return m_folder.filePath("rows").toStdString(); }
  QString folder() const { return m_folder.path(); }

  /// What the function writes; a failure is what `finish()` said.
  QByteArray written(const std::function<void(meteorograph::TextOutput &)> &write) const {
    meteorograph::Result<meteorograph::TextOutput> output = meteorograph::TextOutput::toFile(path());
    if (!output)
      return "cannot be made";
    write(*output);
    if (!output->finish())
      return "cannot be finished";
    return content();
  }

  QByteArray content() const {
    QFile file(QString::fromStdString(path()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("is not there");
  }

private:
  QTemporaryDir m_folder;
};
