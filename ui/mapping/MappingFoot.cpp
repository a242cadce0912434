// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/MappingFoot.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace meteorograph::ui {

MappingFoot::MappingFoot(QWidget *parent)
    : QWidget(parent), m_text(new QLabel), m_bar(new QProgressBar), m_back(new QPushButton),
      m_go(new QPushButton) {
  m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_bar->setTextVisible(false);
  m_bar->setFixedSize(160, 6);
  m_bar->setAccessibleName(tr("Progress of reading again"));
  m_go->setProperty("role", "primary");
  m_back->setAutoDefault(false);
  m_go->setAutoDefault(false);
  connect(m_go, &QPushButton::clicked, this, &MappingFoot::press);
  connect(m_back, &QPushButton::clicked, this, &MappingFoot::withdraw);
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(2, 0, 0, 0);
  layout->setSpacing(10);
  layout->addWidget(m_bar);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_back);
  layout->addWidget(m_go);
  enter(State::Editing);
}

void MappingFoot::enter(State state) {
  m_state = state;
  m_bar->setVisible(state == State::Running);
  m_go->setVisible(state != State::Running);
  m_back->setVisible(state != State::Done);
  const QStringList back = {tr("Cancel"), tr("Back"), tr("Cancel"), QString()};
  const QStringList go = {tr("Apply…"), tr("Read again"), QString(), tr("Close")};
  m_back->setText(back.value(static_cast<int>(state)));
  m_go->setText(go.value(static_cast<int>(state)));
  m_back->setAccessibleName(m_back->text());
  m_go->setAccessibleName(m_go->text());
  m_go->setEnabled(state != State::Editing || m_ready);
  if (state != State::Editing && m_go->isVisible())
    m_go->setFocus();
}

void MappingFoot::edit() {
  tell({}, false);
  enter(State::Editing);
}

void MappingFoot::tell(const QString &message, bool isError) {
  m_text->setText(message);
  m_text->setToolTip(message);
  setTone(*m_text, isError ? "bad" : "");
}

void MappingFoot::setReady(bool ready) {
  m_ready = ready;
  if (m_state == State::Editing)
    m_go->setEnabled(ready);
}

void MappingFoot::ask(const QString &question) {
  tell(question, false);
  enter(State::Asking);
}

void MappingFoot::run(const EngineStatus &status) {
  if (m_state != State::Running)
    enter(State::Running);
  const bool known = status.correction_files > 0;
  m_bar->setRange(0, known ? static_cast<int>(status.correction_files) : 0);
  m_bar->setValue(static_cast<int>(status.corrected_files));
  tell(known ? tr("Reading again: %1 of %2 files")
                   .arg(formatCount(status.corrected_files), formatCount(status.correction_files))
             : tr("Reading again…"),
       false);
}

void MappingFoot::finish(const QString &result, bool isError) {
  tell(result, isError);
  if (!isError)
    setTone(*m_text, "ok");
  enter(State::Done);
}

void MappingFoot::press() {
  if (m_state == State::Editing)
    Q_EMIT applyRequested();
  else if (m_state == State::Asking)
    Q_EMIT confirmed();
  else
    Q_EMIT closeRequested();
}

void MappingFoot::withdraw() {
  if (m_state == State::Asking)
    edit();
  else if (m_state == State::Running)
    Q_EMIT cancelRequested();
  else
    Q_EMIT closeRequested();
}

} // namespace meteorograph::ui
