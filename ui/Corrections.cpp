// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Corrections.h"

#include "ui/WriteAccess.h"
#include "ui/dialogs/LimitsDialog.h"
#include "ui/dialogs/MappingDialog.h"
#include "ui/dialogs/MergeDialog.h"
#include "ui/dialogs/RetentionDialog.h"
#include "ui/dialogs/SourceDialog.h"
#include "ui/format/Format.h"
#include "ui/format/RetentionText.h"
#include "ui/panels/AskBar.h"

#include <QWidget>

namespace meteorograph::ui {

namespace {

constexpr std::int64_t kAllFiles = 1'000'000; // one of them is looked for

std::vector<std::int64_t> idsOf(const std::vector<FileStatus> &files) {
  std::vector<std::int64_t> ids;
  for (const FileStatus &file : files)
    ids.push_back(file.id);
  return ids;
}

QString countOf(const std::vector<FileStatus> &files) {
  return formatCount(static_cast<std::int64_t>(files.size()));
}

QString nameOf(const std::string &path) {
  return QString::fromStdString(path).section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty);
}

template <class List> auto findById(const List &list, std::int64_t id) {
  return std::find_if(list.begin(), list.end(), [id](const auto &entry) { return entry.id == id; });
}

} // namespace

Corrections::Corrections(ViewController &controller, AskBar *bar, QWidget *window)
    : QObject(window), m_controller(controller), m_bar(bar), m_window(window) {}

/// What the store's other writer leaves nobody else is told, before somebody fills in a dialog.
bool Corrections::refused() {
  const QString refusal = writeRefusal(*m_window);
  if (!refusal.isEmpty())
    Q_EMIT told(refusal, true);
  return !refusal.isEmpty();
}

void Corrections::show(QDialog *dialog) {
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  std::erase_if(m_dialogs, [](const QPointer<QDialog> &old) { return !old; });
  m_dialogs.emplace_back(dialog);
  dialog->show();
}

/// They hold the client, which may go.
void Corrections::closeDialogs() {
  for (const QPointer<QDialog> &dialog : m_dialogs)
    delete dialog.data();
  m_dialogs.clear();
  m_bar->hide();
}

void Corrections::send(const QString &done, const Send &request) {
  EngineClient *client = m_controller.client();
  if (!client)
    return;
  m_bar->dropUndo();
  ++m_running;
  m_newest = request(*client, [self = QPointer(this), done](const Result<CorrectionReport> &report) {
    if (self)
      self->finish(done, report);
  });
  m_controller.tick(); // the progress shows soon
}

void Corrections::finish(const QString &done, const Result<CorrectionReport> &report) {
  --m_running;
  if (!report)
    Q_EMIT told(report.error().code == ErrorCode::Cancelled
                    ? tr("Cancelled: what was not reached is as it was.")
                    : QString::fromStdString(report.error().message),
                report.error().code != ErrorCode::Cancelled);
  else
    Q_EMIT told(report->files > 0 || !report->errors.empty()
                    ? done + QStringLiteral(" · ") + correctionText(*report)
                    : done,
                !report->errors.empty());
  Q_EMIT changed();
}

void Corrections::cancel() {
  if (isRunning() && m_controller.client())
    m_controller.client()->cancel(m_newest);
}

void Corrections::editMapping(const Files &files) {
  if (refused())
    return;
  if (files.empty() || !m_controller.client())
    return;
  if (m_mapping)
    m_mapping->close();
  m_mapping = new MappingDialog(m_controller.client(), files, m_controller.view().timeZone(), m_window);
  connect(m_mapping, &MappingDialog::applied, this, [this](const QString &result, bool isError) {
    m_bar->dropUndo();
    Q_EMIT told(tr("Read again · %1").arg(result), isError);
    Q_EMIT changed();
  });
  show(m_mapping);
}

void Corrections::editMappingOf(std::int64_t fileId, const QString &path) {
  EngineClient *client = m_controller.client();
  if (!client)
    return;
  client->fetchFiles(kAllFiles, [self = QPointer(this), fileId,
                                 path = path.toStdString()](const Result<std::vector<FileStatus>> &files) {
    if (!self || !files)
      return;
    for (const FileStatus &file : *files)
      if (fileId != 0 ? file.id == fileId : file.path == path)
        return self->editMapping({file});
  });
}

void Corrections::readAgain(const Files &files) {
  if (refused())
    return;
  // One request a mapping: files that are read alike go together.
  for (Files rest = files; !rest.empty();) {
    const Mapping mapping = rest.front().mapping;
    const auto other = std::stable_partition(
        rest.begin(), rest.end(), [&mapping](const FileStatus &file) { return file.mapping == mapping; });
    const Files alike(rest.begin(), other);
    rest.erase(rest.begin(), other);
    send(tr("Read again"), [&](EngineClient &client, EngineClient::Corrected done) {
      return client.applyMapping(idsOf(alike), mapping, std::move(done));
    });
  }
}

void Corrections::removeFiles(const Files &files) {
  if (refused())
    return;
  std::int64_t readings = 0;
  for (const FileStatus &file : files)
    readings += file.readings;
  const QString question =
      files.size() == 1 ? tr("Remove %1 with its %2 readings? “Read again” in this list brings them back.")
                              .arg(nameOf(files.front().path), formatCount(readings))
                        : tr("Remove %1 files with their %2 readings? “Read again” in this list brings them "
                             "back.")
                              .arg(countOf(files), formatCount(readings));
  m_bar->ask(question, tr("Remove"), [this, files] {
    send(tr("Removed"), [&files](EngineClient &client, EngineClient::Corrected done) {
      return client.removeFiles(idsOf(files), std::move(done));
    });
  });
}

void Corrections::removeSource(std::int64_t sourceId) {
  if (refused())
    return;
  const auto &sources = m_controller.overview().sources;
  const auto source = findById(sources, sourceId);
  if (source == sources.end())
    return;
  m_bar->ask(tr("Remove %1 with the %2 readings of its %3 files? “Read again” in the list of files brings "
                "them back.")
                 .arg(nameOf(source->path), formatCount(source->readings), formatCount(source->files)),
             tr("Remove"), [this, sourceId] {
               send(tr("Removed"), [sourceId](EngineClient &client, EngineClient::Corrected done) {
                 return client.removeSourceWithReadings(sourceId, std::move(done));
               });
             });
}

void Corrections::editSource(std::int64_t sourceId) {
  if (refused())
    return;
  const auto &sources = m_controller.overview().sources;
  const auto source = findById(sources, sourceId);
  if (source == sources.end() || !m_controller.client())
    return;
  auto *dialog = new SourceDialog(m_controller.client(), *source, m_window);
  connect(dialog, &SourceDialog::chosen, this,
          [this, sourceId, name = nameOf(source->path)](const SourceSettings &settings) {
            send(tr("%1 is read as you said").arg(name),
                 [&](EngineClient &client, EngineClient::Corrected done) {
                   return client.changeSource(sourceId, settings, std::move(done));
                 });
          });
  show(dialog);
}

void Corrections::renameDevice(DeviceId id, const QString &name) {
  if (refused())
    return;
  const auto &devices = m_controller.overview().devices;
  const auto device = findById(devices, id);
  const QString wanted = name.trimmed();
  if (device == devices.end() || wanted.isEmpty() || wanted.toStdString() == device->name)
    return;
  for (const DeviceStatus &other : devices)
    if (other.name == wanted.toStdString()) {
      Q_EMIT told(tr("There is a device %1 already: “Merge into…” puts them together.").arg(wanted), true);
      return;
    }
  send(tr("%1 is called %2 now").arg(QString::fromStdString(device->name), wanted),
       [&](EngineClient &client, EngineClient::Corrected done) {
         return client.renameDevice(id, wanted, std::move(done));
       });
}

void Corrections::mergeDevice(DeviceId id) {
  if (refused())
    return;
  const auto &devices = m_controller.overview().devices;
  const auto device = findById(devices, id);
  if (device == devices.end())
    return;
  auto *dialog = new MergeDialog(*device, devices, m_window);
  connect(dialog, &MergeDialog::chosen, this,
          [this, id, name = QString::fromStdString(device->name)](DeviceId into) {
            send(tr("%1 was merged").arg(name), [&](EngineClient &client, EngineClient::Corrected done) {
              return client.mergeDevices(id, into, std::move(done));
            });
          });
  show(dialog);
}

void Corrections::editLimits(QuantityId id) {
  if (refused())
    return;
  const auto &quantities = m_controller.overview().quantities;
  const auto quantity = findById(quantities, id);
  if (quantity == quantities.end())
    return;
  auto *dialog = new LimitsDialog(*quantity, m_window);
  connect(dialog, &LimitsDialog::chosen, this,
          [this, id, title = quantityTitle(quantity->name)](const QuantityLimits &limits) {
            send(tr("The limits of %1 are set").arg(title),
                 [&](EngineClient &client, EngineClient::Corrected done) {
                   return client.setLimits(id, limits, std::move(done));
                 });
          });
  show(dialog);
}

void Corrections::setHolding(DeviceId id, bool holds) {
  if (refused())
    return;
  const auto &devices = m_controller.overview().devices;
  const auto device = findById(devices, id);
  if (device == devices.end())
    return;
  const QString name = QString::fromStdString(device->name);
  send(holds ? tr("%1 records only changes: each value holds until the next").arg(name)
             : tr("%1 has gaps again where it says nothing").arg(name),
       [&](EngineClient &client, EngineClient::Corrected done) {
         return client.setHolding(id, holds, std::move(done));
       });
}

void Corrections::editRetention() {
  if (refused())
    return;
  EngineClient *client = m_controller.client();
  if (!client)
    return;
  client->fetchRetention(std::nullopt, [self = QPointer(this)](const Result<RetentionStatus> &status) {
    if (!self)
      return;
    if (status)
      self->showRetention(*status);
    else
      Q_EMIT self->told(QString::fromStdString(status.error().message), true);
  });
}

/// What is lost by it is asked once, with the amount: there is no way back.
void Corrections::showRetention(const RetentionStatus &status) {
  if (!m_controller.client())
    return; // the store was closed meanwhile
  auto *dialog = new RetentionDialog(m_controller.client(), status, m_controller.view().timeZone(), m_window);
  connect(dialog, &RetentionDialog::chosen, this,
          [this](const RetentionSettings &settings, const RetentionStatus &effect) {
            const QString doomed = doomedText(effect);
            if (doomed.isEmpty())
              return retain(settings);
            m_bar->ask(tr("Give up %1, for good? There is no undo.").arg(doomed), tr("Give up"),
                       [this, settings] { retain(settings); });
          });
  show(dialog);
}

void Corrections::retain(const RetentionSettings &settings) {
  EngineClient *client = m_controller.client();
  if (!client)
    return;
  client->setRetention(settings, [self = QPointer(this)](const Result<RetentionStatus> &status) {
    if (!self)
      return;
    if (!status)
      return self->told(QString::fromStdString(status.error().message), true);
    Q_EMIT self->told(tr("Kept from now on: %1.").arg(keptText(status->settings())), false);
    Q_EMIT self->retained(*status);
  });
}

} // namespace meteorograph::ui
