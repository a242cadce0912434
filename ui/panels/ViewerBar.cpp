// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/ViewerBar.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace meteorograph::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ViewerBar", text); }

QString writerText(const WriterIdentity &writer) {
  if (writer.pid == 0)
    return tr("another program is writing to this store");
  const QString pid = QString::number(writer.pid);
  return writer.host.empty() ? tr("another program is writing to this store (process %1)").arg(pid)
                             : tr("another program is writing to this store (process %1 on %2)")
                                   .arg(pid, QString::fromStdString(writer.host));
}

} // namespace

QString viewingText(const Viewing &viewing) {
  switch (viewing.reason) {
  case Viewing::Reason::OtherWriter:
    return writerText(viewing.writer);
  case Viewing::Reason::WriterEnded:
    return tr("the program that was writing to this store has ended");
  case Viewing::Reason::NotPermitted:
    return tr("you may read this store, but not write to it");
  case Viewing::Reason::ReadOnlyDisk:
    break;
  }
  return tr("this store is on a read-only disk");
}

QString refusalText(const Viewing &viewing) { return tr("Not while viewing: %1").arg(viewingText(viewing)); }

ViewerBar::ViewerBar(QWidget *parent)
    : QFrame(parent), m_text(new QLabel), m_takeOver(new QPushButton(tr("Take over"))) {
  setObjectName(QStringLiteral("viewerBar"));
  auto *kind = new QLabel(tr("Viewing"));
  kind->setProperty("role", "chip");
  kind->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Maximum);
  m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_takeOver->setProperty("role", "bar");
  m_takeOver->setFocusPolicy(Qt::TabFocus);
  m_takeOver->setAccessibleName(tr("Take the store over"));
  m_takeOver->setToolTip(
      tr("Write to this store from here and follow its sources; what came meanwhile is read"));
  connect(m_takeOver, &QPushButton::clicked, this, [this] {
    m_takeOver->setEnabled(false);
    Q_EMIT takeOverRequested();
  });
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(14, 4, 8, 4);
  layout->setSpacing(8);
  layout->addWidget(kind);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_takeOver);
  hide();
}

void ViewerBar::show(const std::optional<Viewing> &viewing) {
  setVisible(viewing.has_value());
  if (!viewing)
    return;
  QString text = viewingText(*viewing);
  text[0] = text[0].toUpper(); // a sentence of its own
  m_text->setText(text);
  m_text->setToolTip(text);
  setAccessibleName(tr("Viewing: %1").arg(text));
  m_takeOver->setVisible(viewing->reason == Viewing::Reason::WriterEnded);
  m_takeOver->setEnabled(true);
}

} // namespace meteorograph::ui
