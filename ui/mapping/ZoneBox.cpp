// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/ZoneBox.h"

#include "ui/Theme.h"

#include <QCompleter>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QTimeZone>

namespace meteorograph::ui {

ZoneBox::ZoneBox(QWidget *parent) : QComboBox(parent) {
  setEditable(true);
  setInsertPolicy(NoInsert);
  setMaxVisibleItems(18);
  setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(14);
  addItem(tr("As the file says"));
  addItem(QStringLiteral("UTC"));
  for (const QByteArray &id : QTimeZone::availableTimeZoneIds())
    if (id != "UTC" && !id.startsWith("UTC"))
      addItem(QString::fromLatin1(id));
  completer()->setFilterMode(Qt::MatchContains);
  completer()->setCompletionMode(QCompleter::PopupCompletion);
  completer()->setCaseSensitivity(Qt::CaseInsensitive);
  connect(this, &QComboBox::activated, this, &ZoneBox::take);
  connect(lineEdit(), &QLineEdit::editingFinished, this, &ZoneBox::take);
  lineEdit()->installEventFilter(this);
}

/// What is typed takes the place of what stood there.
bool ZoneBox::eventFilter(QObject *watched, QEvent *event) {
  if (watched == lineEdit() && event->type() == QEvent::FocusIn)
    QMetaObject::invokeMethod(lineEdit(), &QLineEdit::selectAll, Qt::QueuedConnection);
  return QComboBox::eventFilter(watched, event);
}

void ZoneBox::setZone(const std::string &zone, const std::string &inferred) {
  const QSignalBlocker quiet(this);
  m_zone = zone;
  m_unknown = false;
  setTone(*this, "");
  setItemText(0, inferred.empty() || !zone.empty()
                     ? tr("As the file says")
                     : tr("Inferred: %1").arg(QString::fromStdString(inferred)));
  if (lineEdit()->isModified() && lineEdit()->hasFocus())
    return; // a name is being typed
  setEditText(zone.empty() ? itemText(0) : QString::fromStdString(zone));
  lineEdit()->setCursorPosition(0);
}

void ZoneBox::take() {
  static const QRegularExpression offset(QStringLiteral("^[+-]\\d\\d(:?\\d\\d)?$"));
  const QString typed = currentText().trimmed().replace(QLatin1Char(' '), QLatin1Char('_'));
  const int at = findText(currentText().trimmed(), Qt::MatchFixedString);
  const int zone = at < 0 ? findText(typed, Qt::MatchFixedString) : at;
  const bool known = zone >= 0 || typed.isEmpty() || offset.match(typed).hasMatch();
  lineEdit()->setModified(false);
  m_unknown = !known;
  setTone(*this, known ? "" : "bad");
  setToolTip(known ? QString() : tr("There is no such zone; the one before is in use."));
  if (!known)
    return;
  const std::string wanted = zone == 0 || typed.isEmpty() ? std::string()
                             : zone > 0                   ? itemText(zone).toStdString()
                                                          : typed.toStdString();
  if (wanted == m_zone)
    return;
  m_zone = wanted;
  Q_EMIT zoneChanged();
}

} // namespace meteorograph::ui
