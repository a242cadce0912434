// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/ExportTarget.h"

#include "core/engine/ExportTarget.h"
#include "core/source/ExportDescription.h"
#include "ui/export/Sidecar.h"

#include <QFile>
#include <QFileInfo>

namespace meteorograph::ui {

namespace {

bool isSidecar(const QString &path) {
  constexpr qint64 kMostBytes = qint64{64} * 1024 * 1024; // more than any list of annotations
  QFile file(path);
  return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) && file.size() <= kMostBytes &&
         isExportDescription(file.readAll().toStdString());
}

} // namespace

Result<void> checkTargets(const ExportPlan &plan, const std::string &store) {
  const Result<void> target = checkExportTarget(QFile::encodeName(plan.path).toStdString(), store);
  if (!target || !plan.sidecar)
    return target;
  const QString beside = sidecarPath(plan.path);
  if (isSidecar(beside))
    return {};
  const std::string name = QFile::encodeName(beside).toStdString();
  if (QFileInfo::exists(beside))
    return checkExportTarget(name, store).and_then([&name]() -> Result<void> {
      return fail(ErrorCode::Unwritable, "cannot write " + name +
                                             ": it describes no export and would be replaced; choose another"
                                             " name, or leave the description out (--no-sidecar)");
    });
  return checkExportTarget(name, store);
}

} // namespace meteorograph::ui
