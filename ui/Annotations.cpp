// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Annotations.h"

#include "ui/WriteAccess.h"
#include "ui/dialogs/AnnotationDialog.h"
#include "ui/dialogs/AnnotationList.h"
#include "ui/panels/AskBar.h"

namespace meteorograph::ui {

namespace {

/// As much of the text as a line takes.
QString brief(const Annotation &annotation) {
  const QString text = QString::fromStdString(annotation.text).simplified();
  return text.size() > 60 ? text.left(60) + QStringLiteral("…") : text;
}

} // namespace

Annotations::Annotations(ViewController &controller, AskBar *bar, QWidget *window)
    : QObject(window), m_controller(controller), m_bar(bar), m_window(window) {}

const Annotation *Annotations::find(std::int64_t id) const {
  for (const Annotation &annotation : m_controller.overview().annotations)
    if (annotation.id == id)
      return &annotation;
  return nullptr;
}

void Annotations::add(const Annotation &begun) { openDialog(begun); }

void Annotations::edit(std::int64_t id) {
  if (const Annotation *annotation = find(id))
    openDialog(*annotation);
}

void Annotations::openDialog(const Annotation &annotation) {
  if (!m_controller.client())
    return;
  if (const QString refusal = writeRefusal(*m_window); !refusal.isEmpty())
    return told(refusal, true);
  delete m_dialog.data();
  m_dialog = new AnnotationDialog(annotation, m_controller.overview(), m_controller.now(),
                                  m_controller.view().timeZone(), m_window);
  m_dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(m_dialog, &AnnotationDialog::saved, this, &Annotations::save);
  connect(m_dialog, &AnnotationDialog::deleteRequested, this, &Annotations::removeNow);
  m_dialog->open();
}

void Annotations::save(const Annotation &annotation) {
  m_bar->dropUndo();
  if (EngineClient *client = m_controller.client())
    client->saveAnnotation(annotation, [self = QPointer(this),
                                        text = brief(annotation)](const Result<CorrectionReport> &report) {
      if (self)
        self->finish(Annotations::tr("Annotated: %1").arg(text), report);
    });
}

void Annotations::remove(std::int64_t id) {
  if (const Annotation *annotation = find(id))
    removeNow(*annotation);
}

/// What was deleted comes back as it was, as a new one.
void Annotations::removeNow(const Annotation &annotation) {
  EngineClient *client = m_controller.client();
  if (!client)
    return;
  m_bar->dropUndo();
  client->removeAnnotation(
      annotation.id, [self = QPointer(this), annotation](const Result<CorrectionReport> &report) {
        if (!self)
          return;
        self->finish(QString(), report);
        if (!report)
          return;
        Annotation again = annotation;
        again.id = 0;
        self->m_bar->offerUndo(Annotations::tr("Deleted: %1").arg(brief(annotation)), [self, again] {
          if (self)
            self->save(again);
        });
      });
}

void Annotations::finish(const QString &done, const Result<CorrectionReport> &report) {
  if (!report)
    Q_EMIT told(QString::fromStdString(report.error().message), true);
  else if (!done.isEmpty())
    Q_EMIT told(done, false);
  m_controller.tick(); // the charts show it at once
}

void Annotations::showList() {
  if (!m_list) {
    m_list = new AnnotationList(m_window);
    m_list->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_list, &AnnotationList::editRequested, this, &Annotations::edit);
    connect(m_list, &AnnotationList::deleteRequested, this, &Annotations::remove);
    connect(m_list, &AnnotationList::goToRequested, this, [this](std::int64_t id) {
      if (const Annotation *annotation = find(id))
        Q_EMIT goToRequested(*annotation);
    });
  }
  m_list->show(m_controller.overview(), m_controller.view().timeZone());
  m_list->raise();
}

void Annotations::refresh() {
  if (m_list && m_list->isVisible())
    m_list->show(m_controller.overview(), m_controller.view().timeZone());
}

void Annotations::closeDialogs() {
  delete m_dialog.data();
  delete m_list.data();
}

} // namespace meteorograph::ui
