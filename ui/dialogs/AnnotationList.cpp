// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/AnnotationList.h"

#include "ui/format/Format.h"
#include "ui/format/TimeFormat.h"
#include "ui/panels/RecordTable.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace meteorograph::ui {

namespace {

QString aboutText(const Annotation &annotation, const Overview &overview) {
  QStringList about;
  if (!annotation.device.empty())
    about << QString::fromStdString(annotation.device);
  for (const Quantity &quantity : overview.quantities)
    if (quantity.id == annotation.quantity)
      about << quantityTitle(quantity.name);
  return about.isEmpty() ? AnnotationList::tr("everything") : about.join(QStringLiteral(", "));
}

} // namespace

AnnotationList::AnnotationList(QWidget *parent)
    : QDialog(parent),
      m_table(new RecordTable(tr("Annotations"), {tr("№"), tr("Time"), tr("Until"), tr("About"), tr("Text")},
                              {0}, {44, 160, 160, 150})) {
  setWindowTitle(tr("Annotations"));
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  const auto add = [&](const QString &text, void (AnnotationList::*asked)(std::int64_t)) {
    QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
    m_needRow << button;
    connect(button, &QPushButton::clicked, this, [this, asked] {
      if (const std::optional<qint64> id = m_table->currentId())
        Q_EMIT(this->*asked)(*id);
    });
  };
  add(tr("&Go to"), &AnnotationList::goToRequested);
  add(tr("&Edit…"), &AnnotationList::editRequested);
  add(tr("&Delete"), &AnnotationList::deleteRequested);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_table, &RecordTable::activated, this, &AnnotationList::goToRequested);
  connect(m_table, &RecordTable::currentChanged, this, [this] {
    for (QPushButton *button : std::as_const(m_needRow))
      button->setEnabled(m_table->currentId().has_value());
  });
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 8, 0, 0);
  layout->addWidget(m_table, 1);
  auto *foot = new QHBoxLayout;
  foot->setContentsMargins(14, 0, 14, 12);
  foot->addWidget(buttons);
  layout->addLayout(foot);
  resize(780, 400);
}

void AnnotationList::show(const Overview &overview, const QTimeZone &zone) {
  std::vector<RecordRow> rows;
  for (const Annotation &annotation : overview.annotations) {
    const auto number = static_cast<double>(rows.size() + 1);
    const bool isMoment = annotation.to_us == kNoTime;
    RecordRow row;
    row.id = annotation.id;
    row.cells = {QString::number(rows.size() + 1), formatDateTime(annotation.from_us, zone),
                 isMoment ? QString() : formatDateTime(annotation.to_us, zone),
                 aboutText(annotation, overview), QString::fromStdString(annotation.text).simplified()};
    row.sortKeys = {number, static_cast<double>(annotation.from_us),
                    isMoment ? 0 : static_cast<double>(annotation.to_us)};
    rows.push_back(std::move(row));
  }
  m_table->setNote(rows.empty() ? tr("None yet: A on the hover line writes one.")
                                : tr("%1 in the store").arg(rows.size()));
  const bool wasEmpty = !m_table->currentId();
  m_table->setRows(std::move(rows));
  if (wasEmpty && !overview.annotations.empty())
    m_table->makeCurrent(overview.annotations.front().id);
  for (QPushButton *button : std::as_const(m_needRow))
    button->setEnabled(m_table->currentId().has_value());
  QDialog::show();
}

} // namespace meteorograph::ui
